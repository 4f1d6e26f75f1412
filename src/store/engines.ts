import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../core/lesson/problem.ts';
import { encodeEngines, majorOf, parseEngines, type Engine } from '../core/recording/engines.ts';

/** Path of the list of Engines in the recordings folder. */
const ENGINES = 'engines.json';

/**
 * The Engines with which lessons are recorded besides the reference Engine, the newest first.
 * @throws {Error} if their list is damaged
 */
export function readEngines(recordings: string): Engine[] {
  const path = join(recordings, ENGINES);
  return existsSync(path) ? parseEngines(readFileSync(path, 'utf8')) : [];
}

/**
 * The Engines of the list that are the reference Engine as well.
 * @param reference versions with which lessons were recorded
 */
export function engineProblems(recordings: string, reference: readonly string[]): Problem[] {
  const path = join(recordings, ENGINES);
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
  const majors = new Set(reference.map(majorOf));
  return readEngines(recordings).flatMap(({ name }) =>
    majors.has(name)
      ? [
          {
            file: `recordings/${ENGINES}`,
            line: lines.findIndex((line) => line.includes(`"${name}"`)) + 1,
            title: `Engine ${name} is the reference Engine`,
            hint: 'remove the line, and run npm run record, which removes its other recordings',
          },
        ]
      : [],
  );
}

/**
 * Adds an Engine to the list, or names the image of a newer version of one that is in it.
 * @param version such as `29.7.2`
 * @returns its major version
 */
export function addEngine(recordings: string, version: string): string {
  const name = majorOf(version);
  const others = readEngines(recordings).filter((engine) => engine.name !== name);
  const engines = [...others, { name, image: `docker:${version}-dind` }];
  writeFileSync(join(recordings, ENGINES), encodeEngines(engines));
  return name;
}
