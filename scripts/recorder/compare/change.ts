import { isDeepStrictEqual } from 'node:util';
import { placeOf, type Step } from '../../../src/core/lesson/model.ts';
import type { Quote } from '../../../src/core/lesson/quotes.ts';
import type { LessonRecording, PendingState } from '../../../src/store/recordings.ts';
import { otherList } from '../../../src/store/quotes.ts';
import { isVariant } from '../../../src/store/variants.ts';
import type { Held } from '../../../src/core/recording/held.ts';
import type { StepRun } from '../run/step.ts';
import type { Difference } from './difference.ts';
import type { TextNoise } from './mask-suggestion.ts';

/** A difference from the committed recordings: of a step, or of a file. */
export type Change = StepChange | LessonChange;

export type StepChange = PendingStep | RunChange;

/** A change that belongs to no step. */
export type LessonChange = RemovedFile | OtherHeld | OtherQuotes;

/** What a run of a step has shown. */
export type RunChange = NewStep | SameScreen | OtherScreen | NoisyStep;

/** Where a reader of the lesson finds what is spoken of. */
export interface Location {
  /** As the author knows it. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** Major version of the Engine that it was run on; absent if that is the reference Engine. */
  readonly engine?: string;
}

interface OfStep extends Location {
  /** Its id. */
  readonly step: string;
}

/** Found without a run: the step has no recording of its present source. */
export interface PendingStep extends OfStep {
  readonly kind: PendingState;
  /** Which file of it is damaged, and what is wrong with it. */
  readonly found?: string;
}

/** Nothing was recorded of the step. */
export interface NewStep extends OfStep {
  readonly kind: 'new';
  readonly after: StepRun;
}

/**
 * The step shows what it showed. `source`: it is the first whose hash has changed, `follows`: a
 * later one; its recording stays. `shares`: it shows ids of a step that is recorded, and is
 * recorded with it.
 */
export interface SameScreen extends OfStep {
  readonly kind: 'source' | 'follows' | 'shares';
  readonly before: StepRun;
  readonly after: StepRun;
}

/** The step shows something else: `edited` if its source has changed, or else `drift`. */
export interface OtherScreen extends OfStep {
  readonly kind: 'edited' | 'drift';
  readonly before: StepRun;
  readonly after: StepRun;
  readonly difference: Difference;
}

/** Two runs of the step, which is new or edited, do not show the same: it is not recorded. */
export interface NoisyStep extends OfStep {
  readonly kind: 'noise';
  /** The first run. */
  readonly before: StepRun;
  /** The second run. */
  readonly after: StepRun;
  readonly difference: Difference;
  readonly noise: Noise;
}

/** Why two runs of a step do not show the same. */
export type Noise = { readonly kind: 'status' | 'picture' | 'identity' | 'appearance' } | TextNoise;

/** A file of the lesson's recordings, or an entry of its proof, that belongs to no step. */
export interface RemovedFile extends Location {
  readonly kind: 'removed';
  readonly name: string;
}

/** The lesson leaves something else behind, or its Engine holds something else along the way. */
export type OtherHeld = {
  [Part in keyof Held]: Location & {
    readonly kind: Part;
    readonly name: Part;
    /** Absent if it was not recorded. */
    readonly before?: Held[Part];
    readonly now: Held[Part];
  };
}[keyof Held];

/** The proof does not list what the prose quotes of the screens; found without a run. */
export interface OtherQuotes extends Location {
  readonly kind: 'quotes';
  readonly name: 'quotes';
  /** What is listed and not quoted, and the other way round. */
  readonly found: string;
}

/** Locates a step, or the help of a command where a lesson uses the command. */
export type Locate = (step: Step) => Location;

/** Whether a step shows what it showed. */
export function isSameScreen(change: Change): change is SameScreen {
  return SAME_SCREEN.some((kind) => kind === change.kind);
}

/** Whether what the lab held is not as recorded. */
export function isOfLab(change: Change): change is OtherHeld {
  return 'now' in change;
}

export const SAME_SCREEN: readonly SameScreen['kind'][] = ['source', 'follows', 'shares'];

/** Which of some steps have no recording of their present source; found without a run. */
export function pendingChanges(
  { steps }: LessonRecording,
  asked: readonly Step[],
  locate: Locate,
): PendingStep[] {
  return asked.flatMap((step) => {
    const recording = steps.get(step.id);
    if (recording === undefined || recording.state === 'recorded') return [];
    const found = 'found' in recording ? { found: recording.found } : {};
    return [{ kind: recording.state, step: step.id, ...locate(step), ...found }];
  });
}

/** What the lab held during or after a run of a lesson, where it differs from the recording. */
export function otherHeld(recording: LessonRecording, now: Held | undefined): OtherHeld[] {
  const { proof } = recording;
  if (proof === undefined || now === undefined) return [];
  const at = startOf(recording);
  const { leftovers, states } = proof;
  const changes: OtherHeld[] = [
    {
      ...{ kind: 'leftovers', name: 'leftovers', ...at },
      ...(leftovers && { before: leftovers }),
      now: now.leftovers,
    },
    { kind: 'states', name: 'states', ...at, ...(states && { before: states }), now: now.states },
  ];
  return changes.filter((change) => !isDeepStrictEqual(change.before, change.now));
}

/** Whether the proof of a recording lists what the prose quotes. */
export function otherQuotes(recording: LessonRecording, quotes: readonly Quote[]): OtherQuotes[] {
  const found = otherList(recording, quotes);
  return found === undefined
    ? []
    : [{ kind: 'quotes', name: 'quotes', ...startOf(recording), found }];
}

/** What of a lesson's recordings belongs to no step. */
export function removedFiles(recording: LessonRecording): RemovedFile[] {
  const at = startOf(recording);
  return recording.leftOver.map((name) => ({ kind: 'removed', ...at, name }));
}

/** Locates the steps of a recording. */
export function locatorOf(recording: LessonRecording): Locate {
  const { lesson } = recording;
  return (step) => ({ ...placeOf(lesson, step), ...engineOf(recording) });
}

function startOf(recording: LessonRecording): Location {
  return { file: recording.lesson.file, line: 1, ...engineOf(recording) };
}

function engineOf(recording: LessonRecording): Pick<Location, 'engine'> {
  return isVariant(recording) ? { engine: recording.engine } : {};
}
