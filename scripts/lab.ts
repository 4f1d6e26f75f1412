/* eslint-disable no-console -- the command line of `npm run lab` */
import { once } from 'node:events';
import { readArguments } from './command/arguments.ts';
import { endStatus, onInterrupt } from './command/interrupt.ts';
import { labFailure } from './command/lab-failure.ts';
import { cleanLabs, type Lab, openLabHost, type Store } from './lab/index.ts';

const IMAGES = ['debian', 'busybox'];

const { values } = readArguments('lab');
const report = (message: string): void => console.error(`lab: ${message}`);
const signal = onInterrupt(report);

const status = await main().catch((error: unknown) => labFailure(error, signal, report));
// A removed lab can leave a connection open forever, so exit explicitly.
process.stdout.write('', () => process.exit(status));

async function main(): Promise<number> {
  if (!values.clean) return inLab(values.lab, values.lock ? undefined : values.store);
  await cleanLabs(report);
  return 0;
}

/** Opens a shell in a lab with a store. Without a store, writes the lock file of the lab image. */
async function inLab(name: string, store: Store | undefined): Promise<number> {
  const host = await openLabHost(report, signal);
  try {
    if (!store) {
      report(`wrote ${await host.lock(name)}`);
      return 0;
    }
    const lab = await host.openLab({ lab: name, store, images: IMAGES });
    return await (process.stdin.isTTY ? shell(lab) : script(lab));
  } finally {
    await host.close();
  }
}

async function shell(lab: Lab): Promise<number> {
  const { engine, store } = lab.facts;
  report(`Docker Engine ${engine}, ${store} store. Everything in it is discarded after \`exit\``);
  const { stdin, stdout } = process;
  const terminal = await lab.terminal({
    cmd: ['bash'],
    env: [`TERM=${process.env['TERM'] ?? 'xterm'}`, 'LANG=C.UTF-8', 'TZ=UTC'],
    cwd: '/root',
    cols: stdout.columns,
    rows: stdout.rows,
  });
  stdin.setRawMode(true).on('data', (keys: Buffer) => terminal.input(keys));
  stdout.on('resize', () => void terminal.resize(stdout.columns, stdout.rows));
  terminal.output.pipe(stdout, { end: false });
  const interrupted = once(signal, 'abort').then(() => endStatus(signal));
  try {
    return await Promise.race([terminal.exited, interrupted]);
  } finally {
    stdin.setRawMode(false).pause();
  }
}

/** Runs the commands on standard input with bash, without a terminal. */
async function script(lab: Lab): Promise<number> {
  const bash = await lab.pipe(['bash']);
  process.stdin.pipe(bash.stdin);
  bash.stdout.pipe(process.stdout);
  bash.stderr.pipe(process.stderr);
  const interrupted = once(signal, 'abort').then(() => endStatus(signal));
  const status = await Promise.race([bash.exited, interrupted]);
  process.stdin.unpipe().pause();
  return status;
}
