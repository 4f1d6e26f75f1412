import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Lab, type LabHost, openLabHost } from '../../scripts/lab/index.ts';
import { stepsOf } from '../../src/core/lesson/model.ts';
import { CHECK_BEFORE } from '../../src/core/lesson/task.ts';
import { checkCommand, DONE, readCheck, STILL_MISSING } from '../../src/core/lesson/task-check.ts';
import { lessonIds, readLessonFile } from '../../src/store/lessons.ts';

// Readers paste checks into interactive shells, which treat `!`, `#` and quotes in their own ways.
const SHELLS: readonly (readonly [string, ...string[]])[] = [
  ['bash', '--norc', '-i'],
  // Without their line editors, which would draw each line again.
  ['bash', '--norc', '--noediting', '-i'],
  ['zsh', '-fi', '+Z', '+o', 'promptsp'],
];

const LESSONS = join(import.meta.dirname, '../../content/lessons');

const TRICKY = `
! test -e absent # no file \`absent\`
[ "$(cat a.txt)" != 'a # b' ] # another text than 'a' in its file
test -e "$HOME" && true | cat # a home! Really
[ "$(echo "a b" | tr -d ' ')" = 'ab' ] # a "joined" text
cat; echo noise; echo more noise >&2; grep -q "it's" a.txt # the text \`it's\``;

let host: LabHost;
let lab: Lab;

beforeAll(async () => {
  host = await openLabHost(() => undefined);
  lab = await host.openLab({ lab: 'default', store: 'containerd', images: [] });
});
afterAll(() => host.close());

/** Types lines into a shell, and returns everything that it shows. */
async function typed(shell: readonly string[], lines: readonly string[]): Promise<string> {
  const [name = '', ...args] = shell;
  // Without prompts, so that answers begin their lines.
  const options = { env: ['PS2='], cwd: '/root', cols: 200, rows: 24 };
  const terminal = await lab.terminal({ cmd: [name, ...args], ...options });
  terminal.input(['PS1=; echo', ...lines, 'exit', ''].join('\n'));
  return (await text(terminal.output)).replace(/\r|\x1b\[[?\d;]*[a-zA-Z]/g, '');
}

/** The lines that the checks print. */
function answers(screen: string): string[] {
  return screen.split('\n').filter((line) => line.startsWith(STILL_MISSING) || line === DONE);
}

describe.each(SHELLS)('%s %s %s', (...shell) => {
  test('a check says what is missing first, and then that nothing is', async () => {
    const command = checkCommand(readCheck(TRICKY.trim(), 1).lines);
    const screen = await typed(shell, [
      'missing=mine',
      "echo 'a # b' > a.txt",
      ...command,
      'echo "status $?"',
      'echo "an it" > a.txt',
      ...command,
      `echo "it's" > a.txt`,
      ...command,
      'echo "status $? $missing"; type missing; echo over >&3',
      'rm a.txt',
    ]);
    expect(answers(screen), screen).toEqual([
      "Still missing: another text than 'a' in its file",
      "Still missing: the text `it's`",
      DONE,
    ]);
    expect(screen).toMatch(/^status 1$/m);
    expect(screen, 'the shell is as before').toMatch(/^status 0 mine$/m);
    expect(screen).toMatch(/missing: not found|missing not found/);
    expect(screen).toMatch(/3: bad file descriptor/i);
    expect(screen).not.toMatch(/^(more )?noise$/m);
  });

  test('the check of each lesson gives one answer', async () => {
    const checks = lessonIds(LESSONS).flatMap((id) => {
      const { lesson } = readLessonFile(LESSONS, id);
      const step = lesson && stepsOf(lesson).find((one) => one.id === CHECK_BEFORE);
      return step ? [{ id, lines: step.commands.flatMap(({ lines }) => lines) }] : [];
    });
    expect(checks.length).toBeGreaterThan(0);
    const said = await Promise.all(
      checks.map(async ({ id, lines }) => [id, answers(await typed(shell, lines))] as const),
    );
    for (const [id, answer] of said) expect(answer, id).toHaveLength(1);
    expect(said.filter(([, [answer]]) => answer === DONE).length).toBeLessThan(2);
  });
});
