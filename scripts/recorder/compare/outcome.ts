import { encodeCast } from '../../../src/core/recording/cast.ts';
import { sameScreen } from '../../../src/core/recording/compare.ts';
import { ownMasks, type NamedMask } from '../../../src/core/recording/masks.ts';
import {
  encodeProof,
  PROOF_SCHEMA,
  type CommandProof,
  type LabFacts,
  type StepProof,
} from '../../../src/core/recording/proof.ts';
import {
  recordedSteps,
  type LessonRecording,
  type RecordedStep,
} from '../../../src/store/recordings.ts';
import { measureText } from '../../../src/core/recording/expectations.ts';
import { visibleChange } from '../run/picture.ts';
import { otherShowing } from './showing.ts';
import type { StepRun } from '../run/step.ts';
import type { LessonFiles } from '../../../src/store/write.ts';

/** Why a step's recording is not what was committed. */
export type ChangeKind =
  /** Nothing was recorded of it. */
  | 'new'
  /** Its source changed, and with it what the terminal shows. */
  | 'edited'
  /** Its source changed, but not what the terminal shows. */
  | 'source'
  /** It follows an edited step, and shows what it showed before. */
  | 'follows'
  /** The same commands show something else, or end otherwise. */
  | 'drift'
  /**
   * Two runs of what is new or edited do not show the same: `before` is the first one, `after` the
   * second.
   */
  | 'noise';

export interface Change {
  readonly step: string;
  /** 1-based line of the step in the lesson. */
  readonly line: number;
  readonly kind: ChangeKind;
  /** As committed; absent for a new step. */
  readonly before?: Shown;
  readonly after: Shown;
  /** What one sees of the change of its picture; absent if nothing. */
  readonly picture?: string;
  /** How the same text is shown otherwise: its colours, its width; absent if it is not, or if the text is another one. */
  readonly showing?: string;
  /** What to do about noise. */
  readonly fix?: string;
}

/** What of a step is compared, and the cast that shows it. */
export interface Shown {
  readonly screen: string;
  readonly exits: readonly (number | null)[];
  /** Where on the screen each command was typed. */
  readonly typed: readonly CommandProof['shown'][];
  /** The text of the cast file. */
  readonly cast: string;
}

/** What the recordings of a lesson become. */
export interface Outcome {
  readonly changes: readonly Change[];
  /** Files that belong to no step any more. */
  readonly removed: readonly string[];
  /** All files of the lesson's folder, by name; what is as recorded keeps its bytes. */
  readonly files: LessonFiles;
}

/** Holds a play of a lesson against its committed recordings. `today` is the day of the play, `YYYY-MM-DD`. */
export async function outcome(
  played: readonly StepRun[],
  committed: LessonRecording,
  lab: LabFacts,
  today: string,
): Promise<Outcome> {
  const changes: Change[] = [];
  const files = new Map<string, string | Uint8Array>();
  const steps: Record<string, StepProof> = {};
  const own = ownMasks(committed.lesson);
  const recorded = recordedSteps(committed);
  for (const [id, step] of recorded) {
    files.set(`${id}.cast`, step.cast).set(`${id}.txt`, step.screen);
    if (step.picture !== undefined) files.set(`${id}.png`, step.picture);
    steps[id] = step.proof;
  }
  for (const take of played) {
    const { id } = take.step;
    const before = recorded.get(id);
    const source = committed.hashes.get(id) ?? '';
    const found = await changeOf(take, before, source, own);
    if (found === undefined) continue;
    const isAfterEdit = changes.some(({ kind }) => kind !== 'drift');
    const change: Change =
      found.kind === 'source' && isAfterEdit ? { ...found, kind: 'follows' } : found;
    changes.push(change);
    if (isSameScreen(change) && before !== undefined) {
      const { picture, ...rest } = before.proof;
      steps[id] = {
        ...rest,
        ...(take.picture && picture && { picture }),
        source,
        measured: measureText(take.step, before.screen, before.proof.commands).values,
      };
      continue;
    }
    files.set(`${id}.cast`, change.after.cast).set(`${id}.txt`, take.screen);
    if (take.picture !== undefined) files.set(`${id}.png`, take.picture.bytes);
    steps[id] = {
      source,
      recorded: today,
      engine: lab.engine,
      commands: take.commands,
      measured: take.measured,
      ...(take.picture && { picture: take.picture.proof }),
    };
  }

  const { lesson, proof, browser, leftOver } = committed;
  if (browser !== undefined) files.set('browser.json', browser.text);
  const gone = Object.keys(proof?.steps ?? {}).some((id) => !committed.hashes.has(id));
  const recordedAnew = changes.some((change) => !isSameScreen(change));
  const proofText =
    changes.length > 0 || gone || proof === undefined
      ? encodeProof({
          schema: PROOF_SCHEMA,
          lesson: lesson.id,
          ...(recordedAnew || proof === undefined
            ? { recorded: today, lab }
            : { recorded: proof.recorded, lab: proof.lab }),
          steps,
        })
      : encodeProof(proof);
  files.set('proof.json', proofText);
  return { changes, removed: leftOver, files };
}

/** Whether only the source of a step has changed: its recording stays. */
export function isSameScreen({ kind }: Pick<Change, 'kind'>): boolean {
  return kind === 'source' || kind === 'follows';
}

/**
 * How a run of a step differs from what was recorded of it.
 * @param source hash of the step as it is now
 * @returns undefined if it does not
 */
export async function changeOf(
  take: StepRun,
  before: Pick<RecordedStep, 'proof' | 'cast' | 'screen' | 'picture'> | undefined,
  source: string,
  own: readonly NamedMask[],
): Promise<Change | undefined> {
  const { id, line } = take.step;
  const after = () => ({
    screen: take.screen,
    exits: exits(take.commands),
    typed: take.commands.map(({ shown }) => shown),
    cast: encodeCast(take.cast),
  });
  if (before === undefined) return { step: id, line, kind: 'new', after: after() };
  const committed = {
    screen: before.screen,
    exits: exits(before.proof.commands),
    typed: before.proof.commands.map(({ shown }) => shown),
    cast: before.cast,
  };
  const picture =
    take.picture && before.picture && visibleChange(before.picture, take.picture.bytes);
  const sameText = sameScreen(take.screen, committed.screen, own);
  const showing = sameText ? await otherShowing(committed, take.cast, own) : undefined;
  const same =
    picture === undefined &&
    showing === undefined &&
    sameText &&
    String(exits(take.commands)) === String(committed.exits) &&
    sameTyping(take.commands, before.proof.commands);
  const edited = source !== before.proof.source;
  if (same && !edited) return undefined;
  const kind = same ? 'source' : edited ? 'edited' : 'drift';
  return {
    step: id,
    line,
    kind,
    before: committed,
    after: after(),
    ...(picture !== undefined && { picture }),
    ...(showing !== undefined && { showing }),
  };
}

function exits(commands: readonly CommandProof[]): (number | null)[] {
  return commands.map(({ exit }) => exit);
}

function sameTyping(a: readonly CommandProof[], b: readonly CommandProof[]): boolean {
  return a.length === b.length && a.every(({ typed }, index) => typed === b[index]?.typed);
}
