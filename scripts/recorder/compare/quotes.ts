import { encodeProof } from '../../../src/core/recording/proof.ts';
import { recordingPaths, variantFolder } from '../../../src/core/recording/paths.ts';
import { withQuotes } from '../../../src/core/recording/quotes.ts';
import { encodeVariant } from '../../../src/core/recording/variant.ts';
import { quotesLost, quotesToList } from '../../../src/store/quotes.ts';
import type { LessonRecording } from '../../../src/store/recordings.ts';
import { isVariant } from '../../../src/store/variants.ts';
import type { Source } from '../result.ts';
import { RunFailure } from '../run/failure.ts';
import type { StepRun } from '../run/step.ts';
import { otherQuotes, type OtherQuotes } from './change.ts';

/** A proof in which only the list of quotes changes. */
export interface ListUpdate {
  readonly change: OtherQuotes;
  /** Path relative to the recordings folder. */
  readonly path: string;
  readonly text: string;
}

/** What becomes of the proof of a complete recording if the prose quotes its screens otherwise. */
export function listUpdates(recording: LessonRecording, { quotes }: Source): ListUpdate[] {
  return otherQuotes(recording, quotes).map((change) => {
    const { id } = recording.lesson;
    const folder = isVariant(recording) ? variantFolder(id, recording.engine) : id;
    return { change, path: recordingPaths.proof(folder), text: proofText(recording, quotes) };
  });
}

/**
 * The first quote that the proof of a recording lists and that its screen no longer shows.
 * @param runs what steps show now; the others show what is recorded
 */
export function lostQuote(
  recording: LessonRecording,
  { lesson, quotes }: Source,
  runs: readonly StepRun[] = [],
): RunFailure | undefined {
  const shown = new Map(runs.map((run) => [run.step.id, run]));
  const [lost] = quotesLost(recording, quotes, shown);
  if (lost === undefined) return undefined;
  const { step, ...problem } = lost;
  return new RunFailure({ file: lesson.file, ...problem }, 20, shown.get(step)?.screen ?? '', step);
}

function proofText(recording: LessonRecording, quotes: Source['quotes']): string {
  const list = quotesToList(recording, quotes);
  if (isVariant(recording) && recording.own !== undefined)
    return encodeVariant(withQuotes(recording.own, list));
  if (!isVariant(recording) && recording.proof !== undefined)
    return encodeProof(withQuotes(recording.proof, list));
  throw new Error(`${recording.lesson.file}: a complete recording without a proof`);
}
