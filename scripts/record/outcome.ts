import { encodeCast } from '../../src/recording/cast.ts';
import { sameScreen } from '../../src/recording/compare.ts';
import {
  encodeProof,
  PROOF_SCHEMA,
  type CommandProof,
  type LabFacts,
  type StepProof,
} from '../../src/recording/proof.ts';
import type { Committed, CommittedStep } from './committed.ts';
import { measureText } from './expectations.ts';
import type { PlayedStep } from './play.ts';

/** Why a step's recording is not what was committed. */
export type ChangeKind =
  /** Nothing was recorded of it. */
  | 'new'
  /** Its source changed, and with it what the terminal shows. */
  | 'edited'
  /** Its source changed, but not what the terminal shows. */
  | 'source'
  /** The same commands show something else, or end otherwise. */
  | 'drift';

export interface Change {
  readonly step: string;
  /** 1-based line of the step in the lesson. */
  readonly line: number;
  readonly kind: ChangeKind;
  /** Screen and exit statuses as committed; absent for a new step. */
  readonly before?: Shown;
  readonly after: Shown;
}

/** What of a step is compared. */
export interface Shown {
  readonly screen: string;
  readonly exits: readonly (number | null)[];
}

/** What the recordings of a lesson become. */
export interface Outcome {
  readonly changes: readonly Change[];
  /** Files that belong to no step any more. */
  readonly removed: readonly string[];
  /** All files of the lesson's folder, by name; what is as recorded keeps its bytes. */
  readonly files: ReadonlyMap<string, string>;
}

/** Holds a play of a lesson against its committed recordings. `today` is the day of the play, `YYYY-MM-DD`. */
export function outcome(
  played: readonly PlayedStep[],
  committed: Committed,
  lab: LabFacts,
  today: string,
): Outcome {
  const changes: Change[] = [];
  const files = new Map<string, string>();
  const steps: Record<string, StepProof> = {};
  for (const [id, step] of committed.steps) {
    files.set(`${id}.cast`, step.cast).set(`${id}.txt`, step.screen);
    steps[id] = step.proof;
  }
  for (const take of played) {
    const { id } = take.step;
    const before = committed.steps.get(id);
    const source = committed.hashes.get(id) ?? '';
    const change = changeOf(take, before, source);
    if (change === undefined) continue;
    changes.push(change);
    if (change.kind === 'source' && before !== undefined) {
      steps[id] = {
        ...before.proof,
        source,
        measured: measureText(take.step, before.screen, before.proof.commands).values,
      };
      continue;
    }
    files.set(`${id}.cast`, encodeCast(take.cast)).set(`${id}.txt`, take.screen);
    steps[id] = {
      source,
      recorded: today,
      engine: lab.engine,
      commands: take.commands,
      measured: take.measured,
    };
  }

  const { lesson, proof, leftOver } = committed;
  const gone = Object.keys(proof?.steps ?? {}).some((id) => !committed.hashes.has(id));
  const recordedAnew = changes.some(({ kind }) => kind !== 'source');
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

function changeOf(
  take: PlayedStep,
  before: CommittedStep | undefined,
  source: string,
): Change | undefined {
  const { id, line } = take.step;
  const after = { screen: take.screen, exits: exits(take.commands) };
  if (before === undefined) return { step: id, line, kind: 'new', after };
  const committed = { screen: before.screen, exits: exits(before.proof.commands) };
  const same =
    sameScreen(after.screen, committed.screen) &&
    String(after.exits) === String(committed.exits) &&
    sameTyping(take.commands, before.proof.commands);
  const edited = source !== before.proof.source;
  if (same && !edited) return undefined;
  const kind = same ? 'source' : edited ? 'edited' : 'drift';
  return { step: id, line, kind, before: committed, after };
}

function exits(commands: readonly CommandProof[]): (number | null)[] {
  return commands.map(({ exit }) => exit);
}

function sameTyping(a: readonly CommandProof[], b: readonly CommandProof[]): boolean {
  return a.length === b.length && a.every(({ typed }, index) => typed === b[index]?.typed);
}
