import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { QUICK, timedScript } from './commands.ts';
import { run } from './process.ts';
import { timed, type Measured } from './rounds.ts';

const PROMPT = 'ready> ';

/** Bare bash on this machine, from start to end. */
export const bareBash: Measured = async () => {
  const { milliseconds } = await run(['bash', '--norc'], { input: QUICK.join('\n') });
  return milliseconds;
};

/** The same, without the startup of bash. */
export const bareBashInner: Measured = async () => {
  const { stderr } = await run(['bash', '--norc'], { input: timedScript(QUICK) });
  return Number(stderr) / 1000;
};

/** `asciinema rec`, once per command, because it cannot make several casts in one session. */
export function asciinema(folder: string): Measured {
  const env = { HOME: folder, ASCIINEMA_CONFIG_HOME: folder, TERM: 'xterm-256color' };
  return () =>
    timed(async () => {
      for (const [index, command] of QUICK.entries()) {
        const cast = join(folder, `${index}.cast`);
        await run(['asciinema', 'rec', '-q', '--overwrite', '-c', command, cast], { env });
      }
    });
}

/** One interactive bash that `expect` types into, waiting for its prompt after each command. */
export function expectPeer(folder: string): { whole: Measured; inner: Measured } {
  const script = join(folder, 'quick.exp');
  writeFileSync(script, expectScript());
  return {
    whole: async () => (await run(['expect', '-f', script])).milliseconds,
    inner: async () => Number((await run(['expect', '-f', script])).stderr) / 1000,
  };
}

function expectScript(): string {
  const untilPrompt = `expect timeout {exit 1} -ex {${PROMPT}}`;
  return [
    'log_user 0',
    'set timeout 10',
    `set env(PS1) {${PROMPT}}`,
    'spawn -noecho bash --norc --noprofile',
    untilPrompt,
    'set from [clock microseconds]',
    // Tcl takes text in braces literally, and all braces of the commands are balanced.
    ...QUICK.map((command) => `send -- {${command}}; send "\\r"; ${untilPrompt}`),
    'puts stderr [expr {[clock microseconds] - $from}]',
    'send "exit\\r"; expect eof',
    '',
  ].join('\n');
}
