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
/** The labs that were opened, in their order. */
const opened: Promise<Lab>[] = [];
let rehearsal: Rehearsal;
let workshop: Workshop;
let edits: Edits;
/** Before which blocks labs have come to wait. */
let waits: number[] = [];
/** What the last run said: a line for each step that it typed. */
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
  await play();
}

async function play(): Promise<RecordResult> {
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

/** As an author saves it: what is before the change is rehearsed for the next time. */
async function save(change: string, to: string, rehearse = true): Promise<RecordResult> {
  workshop.edit('lesson', change, to);
  const edit = edits.saved('lesson');
  const result = await play();
  if (rehearse && edit?.from !== undefined) {
    const before = waits.length;
    rehearsal.begin(edit.lesson, edit.from);
    if (edit.from > 0) expect(await until(() => waits.length > before, 120)).toBe(true);
  }
  return result;
}

/** A program of awk: of times in seconds, how long the longest pause between two of them is. */
const LONGEST_GAP =
  'last && $1 - last > gap { gap = $1 - last } { last = $1 } END { print gap + 0 }';

const numberOf = (step: string): string | undefined =>
  /^number (\d+)$/m.exec(workshop.screen('lesson', step))?.[1];

test('only the steps from the changed one on are typed, in the lab in which those before it were played', async () => {
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
  // One number, of one session, and another than that of the play before.
  const third = ['one', 'two', 'three'].map(numberOf);
  expect(new Set(third).size).toBe(1);
  expect(third[0]).not.toBe(second);

  // It was taken: once more all is played, in a lab that has waited for nobody.
  expect(await save('echo three', 'echo 3')).toMatchObject({ status: 0 });
  expect(said).toEqual(['lesson: one', 'lesson: two', 'lesson: three']);
  expect(waits).toEqual([1, 2]);

  // Two may be left out, but not one: the lab that has played too much is of no use.
  expect(await save('echo c', 'echo d', false)).toMatchObject({ status: 0 });
  expect(said).toEqual(['lesson: one', 'lesson: two', 'lesson: three']);
  expect(new Set(['one', 'two', 'three'].map(numberOf)).size).toBe(1);
  expect(workshop.screen('lesson', 'two')).toContain('\nd\n');
});

test('prose and lines may change meanwhile, and a change that comes early stops the rehearsal in time', async () => {
  await begin(
    '',
    fence('one', '$ N=$RANDOM; echo number $N'),
    '```sh file="two.sh"\necho $((N + 0))\n```\n',
    fence('two', '$ sleep 4; . ./two.sh'),
    fence('three', '$ echo a'),
  );
  await save('echo a', 'echo b', false);
  const edit = edits.saved('lesson');
  if (edit?.from === undefined) throw new Error('nothing was changed');
  rehearsal.begin(edit.lesson, edit.from);
  // While `two` is being played the author changes it: it is thrown away, and all is well.
  const lab = await opened.at(-1);
  const sleeps = async () => (await lab?.run(['pgrep', '-fx', 'sleep 4']))?.status === 0;
  expect(await until(sleeps, 60)).toBe(true);
  workshop.edit('lesson', 'sleep 4', 'sleep 1');
  edits.saved('lesson');
  expect(await play()).toMatchObject({ status: 0 });
  expect(said).toEqual(['lesson: one', 'lesson: two', 'lesson: three']);

  rehearsal.begin(edits.saved('lesson')?.lesson ?? edit.lesson, 1);
  workshop.edit('lesson', '```console one', 'More prose.\n\nAnd more.\n\n```console one');
  workshop.edit('lesson', '$ echo b', '$ echo c');
  expect(await play()).toMatchObject({ status: 0 });
  expect(said).toEqual(['lesson: two', 'lesson: three']);
  expect(workshop.screen('lesson', 'two')).toContain(`\n${numberOf('one') ?? ''}\n`);
});

test('a shell that is open goes on, and nothing runs in a lab that waits', async () => {
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
  await sleep(5_000);
  expect(await save('40 + 2', '40 + 3', false)).toMatchObject({ status: 0 });
  expect(said).toEqual(['lesson: inside', 'lesson: leave']);
  expect(workshop.screen('lesson', 'inside')).toContain('\n43\n');
  // A clock that ran on would have ticked all the time.
  const gap = workshop.screen('lesson', 'leave').trimEnd().split('\n').at(-1);
  expect(Number(gap)).toBeGreaterThanOrEqual(4);
});

test('what may be so because the lab has waited is played in a fresh one', async () => {
  await begin(
    'images: [busybox]',
    fence('start', '$ docker run -d --name short busybox sleep 12'),
    fence('still', '$ sleep 1; docker ps --format {{.Names}} | grep short; echo a'),
    fence('fine', '$ true'),
  );
  await save('echo a', 'test $(docker ps -q | wc -l) = 1');
  await sleep(12_000);
  expect(await save('= 1', '-eq 1')).toMatchObject({ status: 0 });
  expect(said).toEqual([
    'lesson: still',
    'still failed in a lab that had waited: running all in a fresh one',
    'lesson: start',
    'lesson: still',
    'lesson: fine',
  ]);

  // How long the author took is none of a reader's business.
  await sleep(3_000);
  expect(await save('docker ps --format {{.Names}} | grep short;', 'docker ps;')).toMatchObject({
    status: 0,
  });
  expect(said.slice(0, 2)).toEqual([
    'lesson: still',
    'still shows how long ago something was in a lab that had waited: running all in a fresh one',
  ]);
  // A failure is a failure in the fresh lab, too.
  expect(await save('-eq 1', '-eq 2', false)).toMatchObject({ status: 20 });
  expect(said.filter((line) => line === 'lesson: still')).toHaveLength(2);
});
