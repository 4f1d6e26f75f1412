import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { encodeEngines } from '../../src/core/recording/engines.ts';
import { readLessons } from '../../src/store/lessons.ts';
import { readRecording } from '../../src/store/recordings.ts';
import { readVariant, type Variant } from '../../src/store/variants.ts';
import { fence, labsOfThisFile, Workshop } from '../support/recorder.ts';

/*
 * What another Engine prints. Engine 29 is in no Debian release, so another real Engine stands in
 * for it here: that of Debian trixie, whose programs are put into the lab in the same way.
 */

const engine = { name: '29', image: 'docker:29-dind' };
const workshop = new Workshop();
afterAll(() => {
  vi.unstubAllEnvs();
  workshop.remove();
});

const STEPS = [
  fence('same', '$ echo ahoy'),
  fence(
    'major measure.major=/^(\\d+)$/m',
    "$ docker version -f '{{.Server.Version}}' | cut -d. -f1",
  ),
  fence('made', '$ docker create --name hen busybox'),
  // Its text is the same on both, but it shows the id of the step before it.
  fence('other', "$ docker ps -aq --no-trunc; docker version -f '{{.Server.APIVersion}}'"),
  fence('alone', '$ docker network create pond'),
].join('\n');

beforeAll(async () => {
  mkdirSync(workshop.recordings);
  writeFileSync(join(workshop.recordings, 'engines.json'), encodeEngines([engine]));
  vi.stubEnv('ENGINE_IMAGE', await (await labsOfThisFile()).engine('trixie'));
  workshop.write('hens', STEPS, 'images: [busybox]');
  expect(await workshop.recordHere({ once: true })).toMatchObject({ status: 0 });
});

test('a step that prints something else on the Engine has its own recording, as has one with its ids', async () => {
  const before = workshop.snapshot();
  const { status, stderr } = await workshop.recordHere({ engine });
  expect({ status, stderr }).toMatchObject({ status: 0 });
  const added = Object.keys(workshop.snapshot()).filter((name) => !(name in before));
  const ofLesson = added.filter((name) => name.startsWith('hens/'));
  expect(ofLesson.map((name) => name.replace('hens/engines/29/', '')).sort()).toEqual([
    ...['made.cast', 'made.txt', 'major.cast', 'major.txt', 'other.cast', 'other.txt'],
    'proof.json',
  ]);
  expect(workshop.snapshot()).toMatchObject(before);
  const { steps, differs, proof, leftOver } = await variant();
  expect([...steps].map(([id, { state }]) => [id, state, differs.has(id)])).toEqual([
    ['same', 'recorded', false],
    ['major', 'recorded', true],
    ['made', 'recorded', true],
    ['other', 'recorded', true],
    ['alone', 'recorded', false],
  ]);
  expect(proof?.steps['major']?.measured).toEqual({ major: '26' });
  expect(proof?.lab.engine).toMatch(/^26\./);
  expect(leftOver).toEqual([]);
});

test('a run on it is as recorded, and writes nothing', async () => {
  const before = workshop.snapshot();
  expect(await workshop.recordHere({ engine, all: true, check: true })).toMatchObject({
    status: 0,
  });
  expect(await workshop.recordHere({ engine })).toMatchObject({ status: 0 });
  expect(workshop.snapshot()).toEqual(before);
});

test('what the prose quotes is listed for each Engine that prints its own, without a run', async () => {
  workshop.edit('hens', '--name hen busybox\n```\n', '--name hen busybox\n```\n\nMind `--name`.\n');
  const quotes = { made: ['--name'] };
  expect(await workshop.recordAlone()).toMatchObject({ status: 0 });
  const { proof, reference } = await variant();
  expect([proof?.quotes, reference.proof?.quotes]).toEqual([quotes, quotes]);
  expect(await workshop.recordAlone({ engine })).toMatchObject({
    stdout: 'lessons: 1 as recorded, 0 changed, 0 failed\n',
  });
});

test('a changed command makes exactly its variants stale, and those after it', async () => {
  workshop.edit('hens', 'docker network create pond', 'docker network create lake');
  const missing = await workshop.recordHere({ engine, check: true }).catch(String);
  expect(missing).toContain('hens is not recorded with the reference Engine');
  expect(await workshop.recordHere({ once: true })).toMatchObject({ status: 0 });
  // The recordings of the other Engine are still there.
  const { steps } = await variant();
  const states = [...steps].map(([id, { state }]) => `${id} ${state}`);
  expect(states.slice(0, -1)).toEqual(
    ['same', 'major', 'made', 'other'].map((id) => `${id} recorded`),
  );
  expect(states.at(-1)).toBe('alone stale');
  expect(await workshop.recordHere({ engine, check: true })).toMatchObject({ status: 10 });
  const before = workshop.snapshot();
  expect(await workshop.recordHere({ engine, once: true })).toMatchObject({ status: 0 });
  const after = workshop.snapshot();
  const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
  expect(changed).toEqual(['hens/engines/29/proof.json']);
});

test('a step that was the same is stale once the reference Engine prints something else', async () => {
  const path = join(workshop.recordings, 'hens/same.txt');
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.replace('\nahoy', '\nAhoy'));
  expect((await variant()).steps.get('same')?.state).toBe('stale');
  writeFileSync(path, text);
  expect((await variant()).steps.get('same')?.state).toBe('recorded');
});

test('a damaged recording of another Engine is named, and so is a file that belongs to no step', async () => {
  const folder = join(workshop.recordings, 'hens/engines/29');
  const cast = join(folder, 'major.cast');
  const whole = readFileSync(cast, 'utf8');
  rmSync(cast);
  writeFileSync(join(folder, 'alone.txt'), '');
  const { steps, leftOver } = await variant();
  expect(steps.get('major')).toMatchObject({
    state: 'damaged',
    found: 'recordings/hens/engines/29/major.cast does not exist',
  });
  expect(leftOver).toEqual(['alone.txt']);
  writeFileSync(cast, whole);
});

test('an Engine that is no longer in the list loses its recordings', async () => {
  writeFileSync(join(workshop.recordings, 'engines.json'), encodeEngines([]));
  expect(await workshop.recordHere({ check: true, names: ['hens'] })).toMatchObject({ status: 10 });
  expect(await workshop.recordHere({ names: ['hens'] })).toMatchObject({ status: 0 });
  const folder = join(workshop.recordings, 'hens/engines');
  expect(existsSync(folder)).toBe(false);
});

test('without an image of the Engine, the run fails and changes nothing', async () => {
  vi.stubEnv('ENGINE_IMAGE', 'localhost:1/no-such-engine');
  const before = workshop.snapshot();
  const { status, stderr } = await workshop.recordAlone({ engine, all: true });
  expect(status).toBe(40);
  expect(stderr).toContain('the image localhost:1/no-such-engine cannot be pulled');
  expect(workshop.snapshot()).toEqual(before);
});

async function variant(): Promise<Variant> {
  const [lesson] = readLessons(workshop.content).lessons;
  if (lesson === undefined) throw new Error('there is no lesson');
  const reference = await readRecording(lesson, workshop.recordings);
  return readVariant(reference, engine.name, workshop.recordings);
}
