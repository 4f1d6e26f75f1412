import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { details } from '../../scripts/recorder/report/text.ts';
import { fence, recordIn, task, Workshop } from '../support/recorder.ts';

/** A step, the exit status of a run of its lesson, and how its problem is reported. */
const WRONG: readonly (readonly [
  what: string,
  step: string,
  status: number,
  message: RegExp,
  hint: string,
])[] = [
  [
    'an unknown option',
    fence('bad wide', '$ true'),
    2,
    /lesson\.mdx:11: there is no step option wide/,
    'to fix',
  ],
  [
    'a repeated id',
    fence('good', '$ true'),
    2,
    /lesson\.mdx:11: the step id good is taken/,
    'a unique id',
  ],
  [
    'a claim that is not true',
    `${fence('bad measure.count=/^(\\d)$/m', '$ echo 5')}\nIt is <Claim that="bad.count > 9">more</Claim>.\n`,
    20,
    /lesson\.mdx:\d+: what the lesson claims is not true of its recordings/,
    'found:    5.00 and 9.00 (bad.count is 5)',
  ],
  [
    'an answer that its run does not support',
    `<Predict>\n\nWhat?\n\n<Answer right shows="6">\n\nIt.\n\nSo.\n\n</Answer>\n\n<Answer exit="1">\n\nNo.\n\nSo.\n\n</Answer>\n\n${fence('bad', '$ echo 5')}\n</Predict>\n`,
    20,
    /lesson\.mdx:\d+: an answer is marked as right, but the recording shows something else/,
    'expected: shows="6"',
  ],
  [
    'a check that passes too early',
    task({ check: ['test -d . # a folder', 'true # a file, and the word ahoy'] }),
    20,
    /lesson\.mdx:15: the check finds the task done before it has begun/,
    'found:    Done: nothing is missing.',
  ],
  [
    'a wrong solution that the check accepts',
    task({ check: ['test -e a.txt # a file, or the word ahoy'] }),
    20,
    /lesson\.mdx:23: the check says something else of the wrong solution/,
    'expected: Still missing: a file, or the word ahoy',
  ],
  [
    'a solution that the check refuses',
    task({ solution: '$ echo Ahoy > a.txt' }),
    20,
    /lesson\.mdx:15: the check does not accept the solution/,
    'found:    Still missing: the word `ahoy` in it',
  ],
  [
    'a wrong status',
    fence('bad', '$ true', '$ false'),
    20,
    /lesson\.mdx:13: `false` ended with another status/,
    'write exit=1',
  ],
  [
    'a command before the last that fails',
    fence('bad exit=1', '$ false', '$ false'),
    20,
    /lesson\.mdx:12: `false` ended with another status/,
    'expected: exit status 0',
  ],
  [
    'a text that is not shown',
    fence('bad expect="nine"', '$ seq 8'),
    20,
    /lesson\.mdx:11: the screen does not show/,
    'expected: "nine"',
  ],
  [
    'a text that is only typed',
    fence('bad expect="nine"', '$ true nine'),
    20,
    /lesson\.mdx:11: the screen does not show/,
    '| $ true nine',
  ],
  [
    'a regex that does not match',
    fence('bad expect=/^9$/m', '$ seq 8'),
    20,
    /lesson\.mdx:11: the screen does not show/,
    '/^9$/m',
  ],
  [
    'a text that is not absent',
    fence('bad absent=/^8$/m', '$ seq 8'),
    20,
    /lesson\.mdx:11: the screen shows what the step says is absent/,
    'no /^8$/m',
  ],
  [
    'a value that is not measured',
    fence('bad measure.size=/(\\d+)MB/', '$ seq 8'),
    20,
    /lesson\.mdx:11: the value size is not on the screen/,
    'MB',
  ],
  [
    'a command that hangs',
    fence('bad timeout=2s', '$ sleep 1000'),
    30,
    /lesson\.mdx:12: `sleep 1000` did not end within 2 s/,
    'timeout=4s',
  ],
  [
    'a text that never comes',
    fence('bad timeout=2s until="never" keys="^C"', '$ sleep 1000'),
    30,
    /lesson\.mdx:12: `sleep 1000` did not end within 2 s/,
    'never printed "never"',
  ],
  [
    'a text that does not come before the end',
    fence('bad until="never" keys="^C"', '$ echo now'),
    20,
    /lesson\.mdx:12: `echo now` ended before it printed/,
    'drop until',
  ],
  [
    'exit in the session',
    fence('bad', '$ exit'),
    20,
    /lesson\.mdx:12: `exit` ended the session/,
    'nested shell',
  ],
  [
    'a line for the session in a program',
    fence('bad', '$ cat', '$ echo no'),
    20,
    /lesson\.mdx:12: `cat` leaves cat waiting for the keyboard, and line 13 is typed into the session/,
    '< /dev/null',
  ],
  [
    'a question that the next step does not answer',
    fence('bad', `$ bash -c 'read -p "Sure? [y/N] "'`) + fence('next', '$ true'),
    20,
    /lesson\.mdx:12: `bash .*` leaves bash waiting .* line 15 is typed into/,
    'until="[y/N]" keys="y^M"',
  ],
  [
    'a shell that is open at the end',
    fence('bad', '$ bash --norc') + fence('next', '# true'),
    20,
    /lesson\.mdx:15: `true` leaves bash waiting for the keyboard, and the lesson ends/,
    '`# exit`',
  ],
  [
    'a line for a program in the session',
    fence('bad', '$ true', '# echo no'),
    20,
    /lesson\.mdx:13: `echo no` is for an open program/,
    'docker run -it',
  ],
  [
    'an incomplete command',
    fence('bad', '$ echo "open'),
    20,
    /lesson\.mdx:12: `echo "open` is not complete/,
    'continue it',
  ],
  [
    'a command that is complete too early',
    fence('bad', '$ echo one', '> echo two'),
    20,
    /lesson\.mdx:12: the command was taken as complete/,
    'backslash',
  ],
  [
    'a secret',
    fence('bad', "$ echo ghp_$(printf 'a1B2%.0s' 1 2 3 4 5 6 7 8 9)"),
    20,
    /lesson\.mdx:11: the screen shows what looks like a secret/,
    'recordings are public',
  ],
];

let workshop: Workshop;
beforeEach(() => {
  workshop = new Workshop();
});
afterEach(() => workshop.remove());

describe('what an author did wrong', () => {
  const good = fence('good', '$ echo good');
  let recorded: Workshop;
  beforeAll(async () => {
    recorded = new Workshop();
    recorded.write('lesson', good);
    await recorded.recordHere({ once: true });
  });
  afterAll(() => recorded.remove());

  /** If one lesson cannot be read, none is run, so these two are in a folder of their own. */
  const [UNREADABLE, FAILING] = [WRONG.slice(0, 2), WRONG.slice(2)];
  const idOf = (what: string) => what.replaceAll(' ', '-');
  /** The problem of each lesson, by its id. */
  const reported = new Map<string, { readonly status: number; readonly text: string }>();

  beforeAll(async () => {
    for (const rows of [UNREADABLE, FAILING]) {
      const wrong = new Workshop();
      for (const [what] of rows) {
        wrong.write(idOf(what), good);
        wrong.copyRecordings(recorded, 'lesson', idOf(what));
      }
      expect(await wrong.recordHere({ check: true })).toMatchObject({ status: 0 });
      const before = wrong.snapshot();
      for (const [what, bad] of rows) wrong.write(idOf(what), `${good}\n${bad}`);
      // Many of them wait for a time limit.
      const { result, stderr } = await wrong.recordHere({ once: true, jobs: 4 });
      for (const [what] of rows) {
        const lesson = result.lessons.find((one) => one.lesson === idOf(what));
        const failed = lesson?.kind === 'failed' ? lesson : undefined;
        reported.set(idOf(what), {
          status: failed?.failure?.status ?? result.status,
          text: failed ? details({ ...result, lessons: [failed] }).join('\n') : stderr,
        });
      }
      expect(wrong.snapshot()).toEqual(before);
      wrong.remove();
    }
  });

  test.each(WRONG)('%s', (what, _, status, message, hint) => {
    const { text = '', ...ended } = reported.get(idOf(what)) ?? {};
    const lesson = text.replaceAll(`${idOf(what)}.mdx`, 'lesson.mdx');
    expect(lesson).toMatch(message);
    expect(lesson).toContain(hint);
    expect(ended).toEqual({ status });
  });

  test('a folder without lessons: no recording is removed', async () => {
    workshop.copyFrom(recorded.content, recorded.recordings);
    const before = workshop.snapshot();
    rmSync(join(workshop.content, 'lesson.mdx'));
    const ran = await workshop.record();
    expect(ran.status).toBe(2);
    expect(ran.stderr).toMatch(/there is no lesson in this folder\n {2}to fix: .*--content DIR/);
    expect(workshop.snapshot()).toEqual(before);
  });

  test('lessons in another folder do not replace or remove the recordings of this project', async () => {
    workshop.copyFrom(recorded.content, recorded.recordings);
    for (const id of ['another', 'commands']) workshop.copyRecordings(recorded, 'lesson', id);
    const before = workshop.snapshot();
    expect(await recordIn(workshop.folder, ['--content', 'lessons'])).toMatchObject({
      status: 0,
      stdout: 'lessons: 1 as recorded, 0 changed, 0 failed\n',
      stderr: '',
    });
    expect(workshop.snapshot()).toEqual(before);
    // The reference of commands covers the lessons of this project, so it also stays as it is.
    workshop.write('more', fence('one', '$ docker ps'));
    const check = ['--content', 'lessons', '--check', '--json'];
    const { stdout } = await recordIn(workshop.folder, check);
    const { lessons } = JSON.parse(stdout) as { lessons: { lesson: string; result: string }[] };
    expect(lessons.map(({ lesson }) => lesson)).toEqual(['lesson', 'more']);
  });

  test('all problems of all files are reported at once, and nothing is run', async () => {
    workshop.write('a', fence('one wide', 'ls'));
    workshop.write('b', fence('two', '$ true', 'ls'));
    const ran = await workshop.recordHere();
    expect(ran.status).toBe(2);
    for (const place of ['a.mdx:7:', 'a.mdx:8:', 'b.mdx:9:']) expect(ran.stderr).toContain(place);
    expect(workshop.snapshot()).toEqual({});
  });

  test('a lesson that fails does not prevent another from being recorded', async () => {
    workshop.write('a', fence('one', '$ false'));
    workshop.write('b', fence('one', '$ true'));
    expect(await workshop.recordHere({ once: true, jobs: 2 })).toMatchObject({
      status: 20,
      stdout: 'lessons: 0 as recorded, 1 changed, 1 failed\n',
    });
    expect(Object.keys(workshop.snapshot()).sort()).toEqual([
      'b/one.cast',
      'b/one.txt',
      'b/proof.json',
    ]);
  });

  test('wrong arguments are a usage error', async () => {
    const wrong = [['--wrong'], ['--jobs', '0'], ['no-such-lesson'], ['--shard', '3/2']];
    const ran = await Promise.all(wrong.map((args) => recordIn('.', args)));
    expect(ran.map(({ status }) => status)).toEqual([2, 2, 2, 2]);
  });
});
