import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { keepWarm, type Lab, openLabHost, type WarmHost } from '../../scripts/lab/index.ts';
import { Edits } from '../../scripts/recorder/author/edits.ts';
import { record } from '../../scripts/recorder/record.ts';
import type { RecordResult } from '../../scripts/recorder/result.ts';
import { Rehearsal } from '../../scripts/recorder/author/rehearsal.ts';
import { until } from '../support/faults.ts';
import { fence, Workshop } from '../support/recorder.ts';

const QUIET = (): void => undefined;
let host: WarmHost;
/** All labs, in the order in which they were opened. */
const opened: Promise<Lab>[] = [];
let rehearsal: Rehearsal;
let workshop: Workshop;
let edits: Edits;
/** The block before which each waiting lab has stopped. */
let waits: number[] = [];
/** The output of the last run: a line for each step that it typed. */
let said: string[] = [];

beforeAll(async () => {
  const warm = keepWarm(await openLabHost(QUIET));
  host = {
    ...warm,
    openLab: (spec) => {
      const lab = warm.openLab(spec);
      opened.push(lab);
      return lab;
    },
  };
});
afterAll(() => host.close());
beforeEach(() => {
  workshop = new Workshop();
  waits = [];
  rehearsal = new Rehearsal(host, (_, next) => waits.push(next));
});
afterEach(() => {
  rehearsal.drop();
  workshop.remove();
});

/** A lesson of these fences, recorded once. */
async function begin(frontMatter: string, ...fences: readonly string[]): Promise<void> {
  workshop.write('lesson', fences.join('\n'), frontMatter);
  edits = new Edits(workshop.content);
  await run();
}

async function run(): Promise<RecordResult> {
  said = [];
  return record({
    content: workshop.content,
    recordings: workshop.recordings,
    names: ['lesson'],
    all: false,
    check: false,
    once: true,
    jobs: 1,
    host,
    rehearsal,
    report: (line) => said.push(line),
    signal: new AbortController().signal,
  });
}

/** Saves as an author does: what is before the change is rehearsed for the next run. */
async function save(change: string, to: string, rehearse = true): Promise<RecordResult> {
  workshop.edit('lesson', change, to);
  const edit = edits.saved('lesson');
  const result = await run();
  if (rehearse && edit?.from !== undefined) {
    const before = waits.length;
    rehearsal.begin(edit.lesson, edit.from);
    if (edit.from > 0) expect(await until(() => waits.length > before, 120)).toBe(true);
  }
  return result;
}

/** An awk program: the longest pause between two of the times in its input, in seconds. */
const LONGEST_GAP =
  'last && $1 - last > gap { gap = $1 - last } { last = $1 } END { print gap + 0 }';

const numberOf = (step: string): string | undefined =>
  /^number (\d+)$/m.exec(workshop.screen('lesson', step))?.[1];

test('only the steps from the changed one on are typed, in the lab in which the ones before were run', async () => {
  await begin(
    '',
    fence('one', '$ N=$RANDOM$RANDOM', '$ echo number $N'),
    fence('two', '$ echo number $N; echo a'),
    fence('three', '$ echo number $N; echo three'),
  );
  const first = numberOf('one');
  expect(await save('echo a', 'echo b')).toMatchObject({ status: 0 });
  expect(waits).toEqual([1]);
  const second = numberOf('one');
  expect(second).not.toBe(first);

  expect(await save('echo b', 'echo c', false)).toMatchObject({ status: 0 });
  expect(said).toEqual(['lesson: two', 'lesson: three']);
  expect(workshop.screen('lesson', 'two')).toContain('\nc\n');
  // One number, of one session, but not that of the run before.
  const third = ['one', 'two', 'three'].map(numberOf);
  expect(new Set(third).size).toBe(1);
  expect(third[0]).not.toBe(second);

  // That lab is used up: everything is run, in a lab that has not waited.
  expect(await save('echo three', 'echo 3')).toMatchObject({ status: 0 });
  expect(said).toEqual(['lesson: one', 'lesson: two', 'lesson: three']);
  expect(waits).toEqual([1, 2]);

  // The waiting lab has already run `two`, which has changed: it cannot be used.
  expect(await save('echo c', 'echo d', false)).toMatchObject({ status: 0 });
  expect(said).toEqual(['lesson: one', 'lesson: two', 'lesson: three']);
  expect(new Set(['one', 'two', 'three'].map(numberOf)).size).toBe(1);
  expect(workshop.screen('lesson', 'two')).toContain('\nd\n');
});

test('prose and line numbers may change during a rehearsal, and an earlier change stops it in time', async () => {
  await begin(
    '',
    fence('one', '$ N=$RANDOM; echo number $N'),
    '```sh file="two.sh"\necho $((N + 0))\n```\n',
    fence('two', '$ sleep 2; . ./two.sh'),
    fence('three', '$ echo a'),
  );
  await save('echo a', 'echo b', false);
  const edit = edits.saved('lesson');
  if (edit?.from === undefined) throw new Error('nothing was changed');
  rehearsal.begin(edit.lesson, edit.from);
  // The author changes `two` while it is being run: the rehearsal is discarded.
  const lab = await opened.at(-1);
  const sleeps = async () => (await lab?.run(['pgrep', '-fx', 'sleep 2']))?.status === 0;
  expect(await until(sleeps, 60)).toBe(true);
  workshop.edit('lesson', 'sleep 2', 'sleep 1');
  edits.saved('lesson');
  expect(await run()).toMatchObject({ status: 0 });
  expect(said).toEqual(['lesson: one', 'lesson: two', 'lesson: three']);

  rehearsal.begin(edits.saved('lesson')?.lesson ?? edit.lesson, 1);
  workshop.edit('lesson', '```console one', 'More prose.\n\nAnd more.\n\n```console one');
  workshop.edit('lesson', '$ echo b', '$ echo c');
  expect(await run()).toMatchObject({ status: 0 });
  expect(said).toEqual(['lesson: two', 'lesson: three']);
  expect(workshop.screen('lesson', 'two')).toContain(`\n${numberOf('one') ?? ''}\n`);
});

test('an open shell goes on, and nothing runs in a lab that waits', async () => {
  await begin(
    'images: [busybox]',
    fence(
      'open',
      '$ docker run -d --name clock busybox sh -c "while true; do date +%s; usleep 100000; done"',
      '$ docker run -it --rm --name shell busybox',
    ),
    fence('inside', '# M=$((40 + 1)); echo $M'),
    fence('leave', '# exit', `$ docker logs clock | awk '${LONGEST_GAP}'`),
  );
  await save('40 + 1', '40 + 2');
  expect(waits).toEqual([1]);
  await sleep(4_000);
  expect(await save('40 + 2', '40 + 3', false)).toMatchObject({ status: 0 });
  expect(said).toEqual(['lesson: inside', 'lesson: leave']);
  expect(workshop.screen('lesson', 'inside')).toContain('\n43\n');
  // A clock that was running would have no such gap.
  const gap = workshop.screen('lesson', 'leave').trimEnd().split('\n').at(-1);
  expect(Number(gap)).toBeGreaterThanOrEqual(3);
});

test('a result that may come from the wait is discarded, and the lesson is run in a fresh lab', async () => {
  await begin(
    'images: [busybox]',
    fence('start', '$ docker run -d --name short busybox sleep 8'),
    fence('still', '$ sleep 1; docker ps --format {{.Names}} | grep short; echo a'),
    fence('fine', '$ true'),
  );
  await save('echo a', 'test $(docker ps -q | wc -l) = 1');
  await sleep(8_000);
  expect(await save('= 1', '-eq 1')).toMatchObject({ status: 0 });
  expect(said).toEqual([
    'lesson: still',
    'still failed in a lab that had waited: running all in a fresh one',
    'lesson: start',
    'lesson: still',
    'lesson: fine',
  ]);

  // Readers should not see how long the author took.
  await sleep(2_000);
  expect(await save('docker ps --format {{.Names}} | grep short;', 'docker ps;')).toMatchObject({
    status: 0,
  });
  expect(said.slice(0, 2)).toEqual([
    'lesson: still',
    'still shows how long ago something was in a lab that had waited: running all in a fresh one',
  ]);
  // It also fails in the fresh lab.
  expect(await save('-eq 1', '-eq 2', false)).toMatchObject({ status: 20 });
  expect(said.filter((line) => line === 'lesson: still')).toHaveLength(2);
});
