import { isRecord } from './json.ts';

/**
 * `proof.json` of a lesson: what was recorded, from which source, by which Engine, when, with which
 * result. Keys are sorted and each entry has a line of its own, so that a diff shows what changed.
 */
export interface Proof {
  /** Version of this format. */
  readonly schema: typeof PROOF_SCHEMA;
  readonly lesson: string;
  /** Day (UTC, `YYYY-MM-DD`) of the last play that changed a recording of the lesson. */
  readonly recorded: string;
  /** The lab of that play. */
  readonly lab: LabFacts;
  /** By step id. */
  readonly steps: Readonly<Record<string, StepProof>>;
}

export const PROOF_SCHEMA = 1;

/** What answered the commands: versions as the lab itself reports them. */
export interface LabFacts {
  /** Name of the lab image's definition and the hash of it. */
  readonly image: string;
  readonly engine: string;
  readonly api: string;
  readonly containerd: string;
  readonly runc: string;
  readonly buildx: string;
  readonly compose: string;
  readonly store: string;
  readonly kernel: string;
  readonly architecture: string;
  /** Digest of each image that the lab's registry serves, by name. */
  readonly images: Readonly<Record<string, string>>;
}

export interface StepProof {
  /** Hash of everything of the lesson that this step's recording depends on. */
  readonly source: string;
  /** Day (UTC, `YYYY-MM-DD`) on which the committed cast was recorded. */
  readonly recorded: string;
  /** Engine version by which the committed cast was recorded. */
  readonly engine: string;
  readonly commands: readonly CommandProof[];
  /** Values that prose quotes, by name. */
  readonly measured: Readonly<Record<string, string>>;
  /** The picture that the step has drawn, if it is one that does. */
  readonly picture?: PictureProof;
}

export interface PictureProof {
  /** Hash of its file, in hexadecimal digits. */
  readonly sha256: string;
  /** In pixels, as `height`. */
  readonly width: number;
  readonly height: number;
}

export interface CommandProof {
  /** The typed lines, joined by newlines, without prompts. */
  readonly typed: string;
  /** Status of the `$` command that ended with this line; null if none did: a program is still open. */
  readonly exit: number | null;
  /** Milliseconds from Enter to the next prompt. */
  readonly ms: number;
  /** Which lines of the step's screen show the typing: first, and one past the last (0-based). Null if none does. */
  readonly shown: { readonly from: number; readonly to: number } | null;
}

/** The text of a proof file. */
export function encodeProof(proof: Proof): string {
  return `${JSON.stringify(sorted(proof), null, 2)}\n`;
}

/**
 * Reads a proof file back.
 * @throws {Error} if the text is no proof of a known schema version, or one that was damaged, as by a merge.
 */
export function parseProof(text: string): Proof {
  const value: unknown = JSON.parse(text);
  if (!isRecord(value) || value['schema'] !== PROOF_SCHEMA)
    throw new Error(`not a proof of schema ${PROOF_SCHEMA}`);
  const { lesson, recorded, lab, steps } = value;
  if (!isText(lesson) || !isText(recorded) || !isRecord(lab) || !isRecord(steps))
    throw new Error('a proof has lesson, recorded, lab and steps');
  for (const [id, step] of Object.entries(steps))
    if (!isStepProof(step)) throw new Error(`the step ${id} of the proof is not as it was written`);
  return value as unknown as Proof;
}

function isStepProof(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { source, recorded, engine, commands, measured, picture } = value;
  return (
    [source, recorded, engine].every(isText) &&
    Array.isArray(commands) &&
    commands.every(isCommandProof) &&
    isRecord(measured) &&
    Object.values(measured).every(isText) &&
    (picture === undefined || (isRecord(picture) && isText(picture['sha256'])))
  );
}

function isCommandProof(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { typed, exit, ms, shown } = value;
  const isPlace = isRecord(shown) && isNumber(shown['from']) && isNumber(shown['to']);
  return (
    isText(typed) &&
    (exit === null || isNumber(exit)) &&
    isNumber(ms) &&
    (shown === null || isPlace)
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

/** Status of the last command of a step that ended, null if none did. */
export function stepExit(step: StepProof): number | null {
  return step.commands.findLast((command) => command.exit !== null)?.exit ?? null;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, entry]) => [key, sorted(entry)]));
}
