import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Lesson } from '../../src/core/lesson/model.ts';
import { annotations } from '../../scripts/recorder/report/annotations.ts';
import { asHtml } from '../../scripts/recorder/report/html.ts';
import { asJson } from '../../scripts/recorder/report/json.ts';
import { asJunit } from '../../scripts/recorder/report/junit.ts';
import { fence, Workshop } from '../support/recorder.ts';

/* Screens that masks make equal, although their ids belong to other containers than before. */

const workshop = new Workshop();
afterAll(() => workshop.remove());

const FILE = '```sh file="which"\none\n```\n';
const CREATED = fence(
  'created',
  '$ docker create --name one busybox',
  '$ docker create --name two busybox',
);
const ASKED = ['$ docker ps -aq --no-trunc --filter name=$(cat which)', '$ docker ps -aq'];

beforeAll(async () => {
  workshop.write('same', `${CREATED}${FILE}${fence('asked', ...ASKED)}`, 'images: [busybox]');
  workshop.write(
    'chance',
    `${CREATED}${FILE}${fence('asked chance="the file decides"', ...ASKED)}`,
    'images: [busybox]',
  );
  expect(await workshop.recordHere({ once: true, jobs: 2 })).toMatchObject({ status: 0 });
});

/** As if something beside the lesson were different: its file names the other container. */
const otherFile = (lesson: Lesson): Lesson => ({
  ...lesson,
  blocks: lesson.blocks.map((block) =>
    block.kind === 'file' ? { ...block, text: 'two\n' } : block,
  ),
});

const ID = '[0-9a-f]{64}';
const SPLIT = new RegExp(
  `line 2 of the screen and line 2 of the step created showed the same id and now differ: ` +
    `recorded ${ID}, now ${ID} and ${ID}`,
);

test('containers with other ids are as recorded', async () => {
  const { status, stderr } = await workshop.recordHere({ check: true, all: true });
  expect({ status, stderr }).toMatchObject({ status: 0 });
});

test('an id that is that of another container is drift, and each report names both', async () => {
  const names = ['same'];
  const asRun = otherFile;
  const { result, stderr } = await workshop.recordHere({ check: true, all: true, names, asRun });
  expect(result.status).toBe(10);
  expect(stderr).toContain('the step asked shows something else than was recorded');
  const joined = /line 2 of the screen and line 4 of the step created differed and now show the/;
  const now = new Date();
  for (const view of [stderr, await asHtml(result, now), asJunit(result, now), asJson(result)]) {
    expect(view).toMatch(SPLIT);
    expect(view).toMatch(joined);
  }
  expect(annotations(result).join('\n')).toMatch(SPLIT);
});

test('what chance decides is not compared', async () => {
  const names = ['chance'];
  const ran = await workshop.recordHere({ check: true, all: true, names, asRun: otherFile });
  expect(ran).toMatchObject({ status: 0, stdout: 'lessons: 1 as recorded, 0 changed, 0 failed\n' });
});

test('a step that says chance and shows no id fails', async () => {
  workshop.write('no-id', fence('one chance="none at all"', '$ true'));
  const { status, stderr } = await workshop.recordHere({ names: ['no-id'] });
  expect(status).toBe(20);
  expect(stderr).toContain('the step says chance, but shows no id');
});

test('a new step whose ids are the same in one of two runs only is not recorded', async () => {
  workshop.write('new', `${CREATED}${FILE}${fence('asked', ...ASKED)}`, 'images: [busybox]');
  let runs = 0;
  const { status, stderr } = await workshop.recordHere({
    names: ['new'],
    asRun: (lesson) => (runs++ === 0 ? lesson : otherFile(lesson)),
  });
  expect(status).toBe(20);
  expect(stderr).toMatch(/new\.mdx:15: the step asked differs between two runs/);
  expect(stderr).toContain('chance decides which ids are the same');
  expect(stderr).toMatch(/showed the same id and now differ: first run /);
});

test('steps with the ids of a changed step are written with it, and no others', async () => {
  const id = 'edited';
  workshop.write(
    id,
    [CREATED, fence('other', '$ echo other'), fence('asked', ...ASKED.slice(1))].join('\n'),
    'images: [busybox]',
  );
  await workshop.recordHere({ names: [id], once: true });
  const before = workshop.snapshot();
  workshop.edit(id, '$ docker ps -aq\n', '$ docker ps -aq --filter name=one\n');
  const { status, stderr } = await workshop.recordHere({ names: [id], once: true });
  expect(status).toBe(0);
  expect(stderr).toMatch(/edited\.mdx: the same screen; recorded with .*: created$/m);
  const after = workshop.snapshot();
  const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
  expect(changed.sort()).toEqual(
    ['asked.cast', 'asked.txt', 'created.cast', 'created.txt', 'proof.json'].map(
      (name) => `${id}/${name}`,
    ),
  );
  const again = await workshop.recordHere({ names: [id], check: true, all: true });
  expect(again).toMatchObject({ status: 0 });
});

test('a step that is asked for alone is written with the later steps that show its ids', async () => {
  const id = 'alone';
  workshop.write(id, [CREATED, fence('asked', ...ASKED.slice(1))].join('\n'), 'images: [busybox]');
  await workshop.recordHere({ names: [id], once: true });
  workshop.edit(id, '$ docker create --name two busybox', '$ docker create --name two debian');
  workshop.edit(id, 'images: [busybox]', 'images: [busybox, debian]');
  const { status, stderr } = await workshop.recordHere({ names: [`${id}#created`], once: true });
  expect(status).toBe(0);
  expect(stderr).toMatch(/alone\.mdx: the same screen; recorded with .*: asked$/m);
  const again = await workshop.recordHere({ names: [id], check: true, all: true });
  expect(again).toMatchObject({ status: 0 });
});
