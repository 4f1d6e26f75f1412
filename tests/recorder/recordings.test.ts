import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readEngines } from '../../src/store/engines.ts';
import { readRecording } from '../../src/store/recordings.ts';
import { readVariant } from '../../src/store/variants.ts';
import { stepsOf, type Lesson } from '../../src/core/lesson/model.ts';
import { parseLesson } from '../../src/core/lesson/parse.ts';
import { commandReference } from '../../src/core/lesson/command-help.ts';
import { parseCast, type CastEvent } from '../../src/core/recording/cast.ts';
import { recordingPaths } from '../../src/core/recording/paths.ts';
import { parseProof, stepExit } from '../../src/core/recording/proof.ts';
import { screenText } from '../../src/core/recording/screen.ts';
import { sourceHashes } from '../../src/core/recording/source-hash.ts';
import { replay } from '../../src/core/recording/terminal.ts';
import { LONGEST_STEP } from '../../scripts/recorder/run/pace.ts';

const content = new URL('../../content/lessons/', import.meta.url);
const recordings = new URL('../../recordings/', import.meta.url);
const lessons = readdirSync(content)
  .filter((name) => name.endsWith('.mdx'))
  .map((name) => {
    const { lesson, problems } = parseLesson(readFileSync(new URL(name, content), 'utf8'), name);
    if (lesson === undefined) throw new Error(JSON.stringify(problems));
    return lesson;
  });
const reference = commandReference(lessons)?.lesson;
/** Everything that is recorded, by id: the lessons, and the help of their commands. */
const recorded = [...lessons, ...(reference ? [reference] : [])].map((lesson): [string, Lesson] => [
  lesson.id,
  lesson,
]);
const read = (path: string) => readFileSync(new URL(path, recordings), 'utf8');

test('there are lessons, and the help of their commands', () => {
  expect(lessons.length).toBeGreaterThanOrEqual(4);
  expect(reference && stepsOf(reference).map(({ id }) => id)).toContain('docker-run');
});

test('every folder of recordings belongs to a lesson', () => {
  const folders = readdirSync(recordings, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  expect(folders.sort()).toEqual(recorded.map(([id]) => id).sort());
});

test.each(recorded)(
  'the recordings of %s match its source, and every cast ends with its screen',
  async (_id, lesson) => {
    const proof = parseProof(read(recordingPaths.proof(lesson.id)));
    const hashes = await sourceHashes(lesson);
    const steps = stepsOf(lesson);
    expect(Object.keys(proof.steps).sort()).toEqual(steps.map(({ id }) => id).sort());
    for (const { id, commands } of steps) {
      const step = proof.steps[id];
      expect(step?.source, id).toBe(hashes.get(id));
      expect(
        step?.commands.map(({ typed }) => typed),
        id,
      ).toEqual(commands.map(({ lines }) => lines.join('\n')));
      const cast = parseCast(read(recordingPaths.cast(lesson.id, id)));
      const markers = cast.events.filter(([, code]) => code === 'm').map(([, , label]) => label);
      expect(markers, id).toEqual(step?.commands.map(({ typed }) => typed));
      expect(cast.events.at(-1)?.slice(1), id).toEqual([
        'x',
        String((step && stepExit(step)) ?? 0),
      ]);
      expect(screenText(await replay(cast)), id).toBe(read(recordingPaths.screen(lesson.id, id)));
    }
  },
);

const engines = readEngines(fileURLToPath(recordings));

test('Engine 29 is among the recorded Engines', () => {
  expect(engines.map(({ name }) => name)).toContain('29');
});

test.each(
  engines.flatMap(({ name }) => recorded.map(([id, lesson]) => [name, id, lesson] as const)),
)(
  'Engine %s: what it prints in %s is recorded, and every cast ends with its screen',
  async (engine, _id, lesson) => {
    const folder = fileURLToPath(recordings);
    const reference = await readRecording(lesson, folder);
    const { steps, differs, leftOver, proof } = await readVariant(reference, engine, folder);
    expect([...steps].filter(([, { state }]) => state !== 'recorded')).toEqual([]);
    expect(leftOver).toEqual([]);
    expect(proof?.lab.engine.split('.')[0]).toBe(engine);
    for (const [id, step] of steps)
      if (differs.has(id) && 'parsed' in step)
        expect(screenText(await replay(step.parsed)), id).toBe(step.screen);
  },
);

test.each(recorded)('the typed lines of %s are where its proof says', (id) => {
  for (const [step, { commands }] of Object.entries(
    parseProof(read(recordingPaths.proof(id))).steps,
  )) {
    const lines = read(recordingPaths.screen(id, step)).split('\n');
    for (const { typed, shown } of commands) {
      if (shown === null) continue;
      const [first = '', ...rest] = typed.split('\n');
      expect(lines[shown.from]?.endsWith(first.trimEnd()), `${step}: ${first}`).toBe(true);
      expect(shown.to - shown.from, `${step}: ${first}`).toBe(1 + rest.length);
    }
  }
});

/**
 * What readline prints after the last character of a row, when a line of a command ends with it: it
 * goes back, draws that character again and starts a new row, perhaps with its second prompt.
 */
const FULL_ROW = /^ \x1b\[A(?:\x1b\[C)+\x1b\[K.(\n)(?:> )?$/;

/**
 * The times, in seconds, at which the terminal is redrawn. Keystrokes do not count: while a command
 * is typed, its next characters, a space or an escape sequence.
 */
function redraws(events: readonly CastEvent[]): number[] {
  const times: number[] = [];
  let [at, untyped] = [0, ''];
  for (const [interval, code, data] of events) {
    at += interval;
    if (code === 'm') untyped = `${data}\n`;
    if (code !== 'o') continue;
    const echo = data.replaceAll('\r', '').replace(FULL_ROW, '$1');
    if (untyped !== '' && echo !== '' && untyped.startsWith(echo))
      untyped = untyped.slice(echo.length);
    else if (untyped === '' || !/^(?:\s+|\x1b\[[0-?]*[ -/]*[@-~])$/.test(data)) times.push(at);
  }
  return times;
}

test.each(recorded)(
  'each cast of %s plays in at most a minute, with at most ten redraws a second',
  (_id, lesson) => {
    // Those of hidden steps are not played.
    for (const { id } of stepsOf(lesson).filter(({ options }) => !options.hide)) {
      const { events } = parseCast(read(recordingPaths.cast(lesson.id, id)));
      expect(
        events.reduce((sum, [interval]) => sum + interval, 0),
        id,
      ).toBeLessThan(LONGEST_STEP + 0.001);
      // At least a second passes from each redraw to the tenth after it.
      const times = redraws(events);
      const tens = times.slice(10).map((time, index) => time - (times[index] ?? 0));
      expect(Math.min(1, ...tens), id).toBeGreaterThan(0.999);
    }
  },
);
