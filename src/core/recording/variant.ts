import { z } from 'astro/zod';
import { faultsOf } from './faults.ts';
import { HELD } from './held.ts';
import { comparable } from './compare.ts';
import type { NamedMask } from './masks.ts';
import {
  encodeSorted,
  LAB,
  PROOF_SCHEMA,
  QUOTES,
  STEP,
  type Proof,
  type StepProof,
} from './proof.ts';
import { sha256 } from './sha256.ts';

/**
 * A step that shows the same on both Engines: the reference Engine's recording is valid for both.
 */
const SAME_STEP = z
  .object({
    /** Source hash, as in the proof of the reference Engine. */
    source: z.string(),
    /** Hash of the reference Engine's screen, in the form in which screens are compared. */
    same: z.string(),
  })
  .readonly();

const VARIANT = z
  .object({
    schema: z.literal(PROOF_SCHEMA),
    lesson: z.string(),
    /** Major version of the Engine. */
    engine: z.string(),
    /** Day (UTC, `YYYY-MM-DD`) of the last run that changed something. */
    recorded: z.string(),
    /** The lab of that run. */
    lab: LAB,
    /** What the lesson leaves behind, if that is not what it leaves on the reference Engine. */
    ...HELD,
    /** As in a proof, of the steps with a recording of their own. */
    quotes: QUOTES.exactOptional(),
    /** By step id. A step with a recording of its own has an entry as in a proof. */
    steps: z.record(z.string(), z.union([STEP, SAME_STEP])).readonly(),
  })
  .readonly();

/**
 * `engines/ENGINE/proof.json` of a lesson: which of its steps show the same on another Engine, and
 * what was recorded of those that do not.
 */
export type VariantProof = z.infer<typeof VARIANT>;

export type SameStep = z.infer<typeof SAME_STEP>;

/** Whether a step shows the same on both Engines. */
export function isSameStep(step: SameStep | StepProof): step is SameStep {
  return 'same' in step;
}

/**
 * Parses the proof of a variant.
 * @throws {Error} if it is not one of a known schema version; the message names the field
 */
export function parseVariant(text: string): VariantProof {
  const { success, data, error } = VARIANT.safeParse(JSON.parse(text));
  if (success) return data;
  throw new Error(`not the proof of a variant of schema ${PROOF_SCHEMA}: ${faultsOf(error)}`);
}

/** Encodes the proof of a variant, with sorted keys. */
export function encodeVariant(proof: VariantProof): string {
  return encodeSorted(proof);
}

/** Hash of a screen in the form in which screens are compared. */
export function comparedHash(screen: string, masks: readonly NamedMask[]): Promise<string> {
  const lines = comparable(screen, masks).map(({ text }) => text);
  return sha256(lines.join('\n'));
}

/** The proof of a lesson on an Engine, put together from both. */
export function composedProof(
  reference: Proof,
  {
    recorded,
    lab,
    leftovers = reference.leftovers,
    states = reference.states,
    quotes = {},
  }: VariantProof,
  steps: Readonly<Record<string, StepProof>>,
): Proof {
  const held = { ...(leftovers && { leftovers }), ...(states && { states }) };
  return { ...reference, recorded, lab, ...held, quotes, steps };
}
