import { isDeepStrictEqual } from 'node:util';
import { stepsOf } from '../../../src/core/lesson/model.ts';
import type { Quote } from '../../../src/core/lesson/quotes.ts';
import { encodeCast } from '../../../src/core/recording/cast.ts';
import { linkedQuotes, listed, withQuotes } from '../../../src/core/recording/quotes.ts';
import { checkScreen } from '../../../src/core/recording/expectations.ts';
import type { Held } from '../../../src/core/recording/held.ts';
import { lessonMasks } from '../../../src/core/recording/masks.ts';
import {
  encodeProof,
  PROOF_SCHEMA,
  type LabFacts,
  type Proof,
  type StepProof,
} from '../../../src/core/recording/proof.ts';
import {
  comparedHash,
  encodeVariant,
  type SameStep,
  type VariantProof,
} from '../../../src/core/recording/variant.ts';
import {
  recordedSteps,
  type LessonRecording,
  type RecordedStep,
} from '../../../src/store/recordings.ts';
import { screensOf } from '../../../src/store/quotes.ts';
import { isVariant, type Variant } from '../../../src/store/variants.ts';
import type { LessonFiles } from '../../../src/store/write.ts';
import type { StepRun } from '../run/step.ts';
import { isSameScreen, type Change } from './change.ts';
import { asRun } from './compare.ts';
import { differenceOf } from './difference.ts';
import { identityByStep, sharingIds } from './identity.ts';

/** What was run of a lesson, and what of it changes its recordings. */
export interface Changed {
  readonly runs: readonly StepRun[];
  readonly changes: readonly Change[];
  readonly lab: LabFacts;
  /** Undefined if the lesson was not run to its end. */
  readonly held: Held | undefined;
  /** What the prose may quote. */
  readonly quotes: readonly Quote[];
  /** The day of the run, `YYYY-MM-DD`. */
  readonly today: string;
}

/**
 * What the recordings of a lesson become: all files of its folder or of its variant's, by name. A
 * step that shows what it showed keeps its bytes.
 */
export async function filesOf(recording: LessonRecording, changed: Changed): Promise<LessonFiles> {
  const { lesson, proof, browser } = recording;
  const steps = stepsAfter(recording, changed);
  const { today, lab } = changed;
  const isRecorded = changed.changes.some(isNewRecording);
  const made = isRecorded || proof === undefined ? { recorded: today, lab } : proof;
  const { leftovers, states } = changed.held ?? proof ?? {};
  const base = {
    schema: PROOF_SCHEMA,
    lesson: lesson.id,
    recorded: made.recorded,
    lab: made.lab,
  } as const;
  const linked = linkedQuotes(changed.quotes, screensOf(steps), lessonMasks(lesson));
  const files = new Map<string, string | Uint8Array>();
  const add = (id: string, { cast, screen, picture }: StepFiles) => {
    files.set(`${id}.cast`, cast).set(`${id}.txt`, screen);
    if (picture !== undefined) files.set(`${id}.png`, picture);
  };
  if (!isVariant(recording)) {
    for (const [id, step] of steps) add(id, step);
    if (browser !== undefined) files.set('browser.json', browser.text);
    const proofs = Object.fromEntries([...steps].map(([id, step]) => [id, step.proof]));
    const held = { ...(leftovers && { leftovers }), ...(states && { states }) };
    const written: Proof = { ...base, ...held, steps: proofs };
    return files.set('proof.json', encodeProof(withQuotes(written, listed(linked))));
  }
  const { engine, reference, differs, known } = recording;
  const ran = new Set(changed.changes.flatMap((change) => ('after' in change ? change.step : [])));
  const own = await ownSteps(recording, changed);
  const entries: Record<string, StepProof | SameStep> = {};
  for (const [id, step] of steps) {
    if (!known.has(id) && !ran.has(id)) continue;
    const shared = reference.steps.get(id);
    if (own.has(id) || shared === undefined || !('screen' in shared)) {
      // A step that was the same so far, and now shows ids of one that differs.
      const isTaken = !ran.has(id) && !differs.has(id);
      const run = isTaken ? changed.runs.find((one) => one.step.id === id) : undefined;
      const written = run ? freshFiles(run, step.proof.source, changed) : step;
      add(id, written);
      entries[id] = written.proof;
    } else {
      const same = await comparedHash(shared.screen, lessonMasks(lesson));
      entries[id] = { source: step.proof.source, same };
    }
  }
  const { proof: shared } = reference;
  const held = {
    ...(leftovers && !isDeepStrictEqual(leftovers, shared?.leftovers) && { leftovers }),
    ...(states && !isDeepStrictEqual(states, shared?.states) && { states }),
  };
  const written: VariantProof = { ...base, engine, ...held, steps: entries };
  const ownQuotes = linked.filter(({ step }) => own.has(step));
  return files.set('proof.json', encodeVariant(withQuotes(written, listed(ownQuotes))));
}

/** The recording of a step, as it is written. */
type StepFiles = Pick<RecordedStep, 'proof' | 'cast' | 'screen' | 'picture'>;

/** What is recorded of each step in the end, by its id. */
function stepsAfter(recording: LessonRecording, changed: Changed): ReadonlyMap<string, StepFiles> {
  const { hashes } = recording;
  const committed = recordedSteps(recording);
  const steps = new Map<string, StepFiles>(committed);
  for (const change of changed.changes) {
    if (!('after' in change)) continue;
    const { step: id, after } = change;
    const source = hashes.get(id) ?? '';
    const before = committed.get(id);
    if (!isNewRecording(change) && before !== undefined) {
      const { picture, ...rest } = before.proof;
      const { measured } = checkScreen(after.step, before.screen, rest.commands);
      const drawn = after.picture && picture && { picture };
      steps.set(id, { ...before, proof: { ...rest, ...drawn, source, measured } });
      continue;
    }
    steps.set(id, freshFiles(after, source, changed));
  }
  return steps;
}

/** The recording of a step that a run has made. */
function freshFiles(
  { cast, screen, commands, measured, picture }: StepRun,
  source: string,
  { lab, today }: Changed,
): StepFiles {
  return {
    cast: encodeCast(cast),
    screen,
    ...(picture && { picture: picture.bytes }),
    proof: {
      source,
      recorded: today,
      engine: lab.engine,
      commands,
      measured,
      ...(picture && { picture: picture.proof }),
    },
  };
}

/** Whether a change writes a new recording of a step. */
function isNewRecording(change: Change): boolean {
  return 'after' in change && (!isSameScreen(change) || change.kind === 'shares');
}

/**
 * The steps that get recordings of their own on another Engine: those that show something else than
 * the reference Engine, and those that show the same ids as they do.
 */
async function ownSteps(
  { lesson, reference, differs }: Variant,
  { runs, changes }: Changed,
): Promise<Set<string>> {
  const shared = recordedSteps(reference);
  const ran = new Map(
    changes.flatMap((change) => ('after' in change ? [[change.step, change.after]] : [])),
  );
  const identity = identityByStep(lesson, shared.values(), runs);
  const own = new Set<string>();
  for (const step of stepsOf(lesson)) {
    const [after, before] = [ran.get(step.id), shared.get(step.id)];
    const isOwn =
      after === undefined
        ? differs.has(step.id)
        : before === undefined ||
          (await differenceOf(
            asRun(step, before),
            after,
            lessonMasks(lesson),
            identity.get(step.id),
          )) !== undefined;
    if (isOwn) own.add(step.id);
  }
  const changing = new Set([...own].filter((id) => ran.has(id)));
  for (const id of sharingIds(lesson, shared.values(), runs, changing)) own.add(id);
  return own;
}
