import { z } from 'astro/zod';
import { faultsOf } from './faults.ts';
import { HELD } from './held.ts';

const TEXT_BY_NAME = z.record(z.string(), z.string()).readonly();

export const LAB = z
  .object({
    /** Name and hash of the lab image's definition. */
    image: z.string(),
    engine: z.string(),
    api: z.string(),
    containerd: z.string(),
    runc: z.string(),
    buildx: z.string(),
    compose: z.string(),
    store: z.string(),
    kernel: z.string(),
    architecture: z.string(),
    /** Digests of the images that the lab's registry serves, by name. */
    images: TEXT_BY_NAME,
  })
  .readonly();

/** The environment in which commands were run: versions as reported by the lab. */
export type LabFacts = z.infer<typeof LAB>;

const PICTURE = z
  .object({
    /** Hash of the file, in hexadecimal digits. */
    sha256: z.string(),
    /** In pixels, like `height`. */
    width: z.number(),
    height: z.number(),
  })
  .readonly();

export type PictureProof = z.infer<typeof PICTURE>;

const COMMAND = z
  .object({
    /** The typed lines, joined by newlines, without prompts. */
    typed: z.string(),
    /**
     * Status of the `$` command that ended with this line; null if none did because a program is
     * still open.
     */
    exit: z.number().nullable(),
    /** Milliseconds from Enter to the next prompt. */
    ms: z.number(),
    /**
     * The lines of the step's screen that show the typing: 0-based, `to` exclusive. Null if none
     * does.
     */
    shown: z.object({ from: z.number(), to: z.number() }).readonly().nullable(),
  })
  .readonly();

export type CommandProof = z.infer<typeof COMMAND>;

export const STEP = z
  .object({
    /** Hash of everything in the lesson on which this step's recording depends. */
    source: z.string(),
    /** Day (UTC, `YYYY-MM-DD`) on which the committed cast was recorded. */
    recorded: z.string(),
    /** Engine version with which the committed cast was recorded. */
    engine: z.string(),
    commands: z.array(COMMAND).readonly(),
    /** Values that prose quotes, by name. */
    measured: TEXT_BY_NAME,
    /** The picture that the step draws, if any. */
    picture: PICTURE.exactOptional(),
  })
  .readonly();

export type StepProof = z.infer<typeof STEP>;

/** See `Proof`. */
export const QUOTES = z.record(z.string(), z.array(z.string()).readonly()).readonly();

export const PROOF_SCHEMA = 1;

const PROOF = z
  .object({
    /** Version of this format. */
    schema: z.literal(PROOF_SCHEMA),
    lesson: z.string(),
    /** Day (UTC, `YYYY-MM-DD`) of the last run that changed a recording of the lesson. */
    recorded: z.string(),
    /** The lab of that run. */
    lab: LAB,
    ...HELD,
    /** Phrases that prose quotes and that are linked to the screen, sorted, by step id. */
    quotes: QUOTES.exactOptional(),
    /** By step id. */
    steps: z.record(z.string(), STEP).readonly(),
  })
  .readonly();

/**
 * `proof.json` of a lesson: what was recorded, from which source, with which Engine, when, and with
 * which result. Keys are sorted and each entry is on its own line, so that a diff shows what
 * changed.
 */
export type Proof = z.infer<typeof PROOF>;

/** Encodes a proof file. */
export function encodeProof(proof: Proof): string {
  return encodeSorted(proof);
}

/** JSON with sorted keys, each entry on its own line. */
export function encodeSorted(value: object): string {
  return `${JSON.stringify(sorted(value), null, 2)}\n`;
}

/**
 * Parses a proof file.
 * @throws {Error} if the text is not a proof of a known schema version, or if it is damaged, for
 *   example by a merge; the message names the field.
 */
export function parseProof(text: string): Proof {
  const { success, data, error } = PROOF.safeParse(JSON.parse(text));
  if (success) return data;
  throw new Error(`not a proof of schema ${PROOF_SCHEMA}: ${faultsOf(error)}`);
}

/** Status of the last command of a step that ended; null if none did. */
export function stepExit(step: Pick<StepProof, 'commands'>): number | null {
  return step.commands.findLast((command) => command.exit !== null)?.exit ?? null;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, entry]) => [key, sorted(entry)]));
}
