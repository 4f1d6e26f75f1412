import { join } from 'node:path';
import { readersPart, type Lesson } from '../../../src/core/lesson/model.ts';
import { sourceHashes } from '../../../src/core/recording/source-hash.ts';
import { inBrowser, type BrowserResult } from '../../../src/core/run/browser-result.ts';
import type { ComparedResult } from '../../../src/core/run/step-result.ts';
import type { OnProgress } from '../../lab/index.ts';
import { foldersOf } from '../../../src/store/folders.ts';
import { readLessons } from '../../../src/store/lessons.ts';
import {
  readRecording,
  recordedSteps,
  type LessonRecording,
} from '../../../src/store/recordings.ts';
import { select } from '../../../src/store/selection.ts';
import { writeBrowserResult } from '../../../src/store/write.ts';
import { untilAborted } from '../../command/until-aborted.ts';
import { presentManifest } from '../folder.ts';
import { BuildError } from '../run.ts';
import { tryLesson } from './try-lesson.ts';

const { content, recordings } = foldersOf(join(import.meta.dirname, '../../..'));

/**
 * Runs lessons in the browser lab, and writes which of their steps run there beside their
 * recordings.
 * @param names names of lessons; if empty, all that were not tried in this lab since they changed
 * @param onResult is called with each result
 */
export async function tryLessons(
  names: readonly string[],
  report: OnProgress,
  signal: AbortSignal,
  onResult: (lesson: Lesson, result: BrowserResult) => void,
): Promise<void> {
  const { lessons, problems } = readLessons(content);
  const [problem] = problems;
  if (problem !== undefined)
    throw new BuildError(`${problem.file}:${problem.line}: ${problem.title}. ${problem.hint}`);
  const lab = (await presentManifest())?.inputs ?? '';
  for (const { lesson } of select(lessons, names)) {
    signal.throwIfAborted();
    const recording = await readRecording(lesson, recordings);
    if (names.length === 0 && (await isKnown(recording, lab))) continue;
    if (recording.proof === undefined)
      throw new BuildError(`${lesson.id} has no recordings: \`npm run record -- ${lesson.id}\``);
    const recorded = new Map(
      [...recordedSteps(recording)].map(([id, { screen, proof }]): [string, ComparedResult] => [
        id,
        { screen, commands: proof.commands },
      ]),
    );
    // If aborted, the machine ends with this process.
    const result = await untilAborted(
      tryLesson(readersPart(lesson), recorded, lab, report),
      signal,
    );
    await writeBrowserResult(recordings, lesson.id, result, report, signal);
    onResult(lesson, result);
  }
}

/** Whether all steps of a lesson were tried in this lab in their current form. */
async function isKnown({ browser, lesson }: LessonRecording, lab: string): Promise<boolean> {
  const hashes = await sourceHashes(readersPart(lesson));
  const result = browser?.result;
  const isUntried = ([id, hash]: [string, string]) => {
    const known = inBrowser(result, id, hash);
    return !known.runs && known.why.kind === 'untried';
  };
  return result?.lab === lab && ![...hashes].some(isUntried);
}
