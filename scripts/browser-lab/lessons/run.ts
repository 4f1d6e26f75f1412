import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lesson } from '../../../src/core/lesson/model.ts';
import { recordingPaths } from '../../../src/core/recording/paths.ts';
import type { Happened } from '../../../src/core/recording/verdict.ts';
import {
  inBrowser,
  parseBrowserResult,
  type BrowserResult,
} from '../../../src/core/run/browser-result.ts';
import type { Report } from '../../lab/index.ts';
import { readCommitted } from '../../../src/store/committed.ts';
import { readLessons, select } from '../../../src/store/lessons.ts';
import { untilAborted } from '../../command/until-aborted.ts';
import { presentManifest } from '../folder.ts';
import { BuildError } from '../run.ts';
import { tryLesson } from './play.ts';

const ROOT = join(import.meta.dirname, '../../..');
const RECORDINGS = join(ROOT, 'recordings');

/**
 * Tries lessons in the browser lab, and writes of each which of its steps run there, beside its recordings.
 * @param names of lessons; if there are none, all that were not tried in this lab as they are now
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
  const lab = (await presentManifest())?.inputs ?? '';
  for (const { lesson } of select(lessons, names)) {
    signal.throwIfAborted();
    const { steps, hashes, browser } = await readCommitted(lesson, RECORDINGS);
    if (names.length === 0 && isKnown(browser, lab, hashes)) continue;
    const recorded = new Map(
      [...steps].map(([id, { screen, proof }]): [string, Happened] => [
        id,
        { screen, typed: proof.commands.map(({ shown }) => shown) },
      ]),
    );
    // The machine ends with this process.
    const result = await untilAborted(tryLesson(lesson, recorded, lab, report), signal);
    if (!existsSync(join(RECORDINGS, lesson.id)))
      throw new BuildError(`${lesson.id} has no recordings: \`npm run record -- ${lesson.id}\``);
    const file = join(RECORDINGS, recordingPaths.browser(lesson.id));
    await writeFile(file, `${JSON.stringify(result, undefined, 2)}\n`);
    told(lesson, result);
  }
}

/** Whether all steps of a lesson were tried in this lab as they are now. */
function isKnown(
  text: string | undefined,
  lab: string,
  hashes: ReadonlyMap<string, string>,
): boolean {
  if (text === undefined) return false;
  let result: BrowserResult;
  try {
    result = parseBrowserResult(text);
  } catch {
    return false; // of an earlier version of the format
  }
  const isUntried = ([id, hash]: [string, string]) => {
    const known = inBrowser(result, id, hash);
    return !known.runs && known.why.kind === 'untried';
  };
  return result.lab === lab && ![...hashes].some(isUntried);
}
