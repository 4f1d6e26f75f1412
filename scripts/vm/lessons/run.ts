import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lesson } from '../../../src/lesson/model.ts';
import type { BrowserResult } from '../../../src/recording/browser-result.ts';
import { recordingPaths } from '../../../src/recording/paths.ts';
import type { Happened } from '../../../src/recording/verdict.ts';
import type { Report } from '../../lab/index.ts';
import { readCommitted } from '../../record/committed.ts';
import { readLessons, select } from '../../record/lessons.ts';
import { BuildError } from '../run.ts';
import { tryLesson } from './play.ts';

const ROOT = join(import.meta.dirname, '../../..');
const RECORDINGS = join(ROOT, 'recordings');

/**
 * Tries lessons in the browser lab, and writes of each which of its steps run there, beside its recordings.
 * @param names of lessons; all if there are none
 * @param told is called with each result
 */
export async function tryLessons(
  names: readonly string[],
  report: Report,
  signal: AbortSignal,
  told: (lesson: Lesson, result: BrowserResult) => void,
): Promise<void> {
  const { lessons, problems } = readLessons(join(ROOT, 'content/lessons'));
  const [problem] = problems;
  if (problem !== undefined)
    throw new BuildError(`${problem.file}:${problem.line}: ${problem.title}. ${problem.hint}`);
  for (const { lesson } of select(lessons, names)) {
    signal.throwIfAborted();
    const { steps } = await readCommitted(lesson, RECORDINGS);
    const recorded = new Map(
      [...steps].map(([id, { screen, proof }]): [string, Happened] => [
        id,
        { screen, typed: proof.commands.map(({ shown }) => shown) },
      ]),
    );
    const result = await tryLesson(lesson, recorded, report);
    if (!existsSync(join(RECORDINGS, lesson.id)))
      throw new BuildError(`${lesson.id} has no recordings: \`npm run record -- ${lesson.id}\``);
    const file = join(RECORDINGS, recordingPaths.browser(lesson.id));
    await writeFile(file, `${JSON.stringify(result, undefined, 2)}\n`);
    told(lesson, result);
  }
}
