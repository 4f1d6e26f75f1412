import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Lookup } from '../core/lesson/claims/expression.ts';
import { stepsOf, type Lesson, type Step } from '../core/lesson/model.ts';
import type { Cast } from '../core/recording/cast.ts';
import { examine } from '../core/recording/damage.ts';
import { recordingPaths, variantFolder } from '../core/recording/paths.ts';
import { parseProof, type Proof, type StepProof } from '../core/recording/proof.ts';
import { sourceHashes } from '../core/recording/source-hash.ts';
import { readEngines } from './engines.ts';
import { parseBrowserResult, type BrowserResult } from '../core/run/browser-result.ts';

/*
 * The only definition of "recorded": all files of the step are whole, and they were recorded from
 * exactly the current source of the lesson.
 */

/** A step and its recording. */
export type StepRecording = RecordedStep | UnrecordedStep;

/** A step whose recording is whole; it is stale if it was made from a different source. */
export interface RecordedStep {
  readonly state: 'recorded' | 'stale';
  readonly step: Step;
  readonly proof: StepProof;
  /** The text of the cast file. */
  readonly cast: string;
  /** The parsed cast. */
  readonly parsed: Cast;
  /** The text of the screen file. */
  readonly screen: string;
  /** The picture file, if the step draws one. */
  readonly picture?: Uint8Array;
}

/** A step that is not recorded, or that has a damaged file. */
export interface UnrecordedStep {
  readonly state: 'missing' | 'damaged';
  readonly step: Step;
  /** The damaged file and the damage. */
  readonly found?: string;
}

/** Why a step has no recording of its current source. */
export type PendingState = Exclude<StepRecording['state'], 'recorded'>;

/** A lesson and its recordings. */
export interface LessonRecording {
  readonly lesson: Lesson;
  /** Undefined if the lesson was never recorded or if the proof cannot be read. */
  readonly proof: Proof | undefined;
  /** Why the proof cannot be read; if so, all steps count as damaged. */
  readonly unreadable?: string;
  /** By step id, in lesson order, including hidden steps. */
  readonly steps: ReadonlyMap<string, StepRecording>;
  /** Source hash of each step in the current lesson, by step id. */
  readonly hashes: ReadonlyMap<string, string>;
  /** Which of its steps run in the browser lab; absent if this has not been tried. */
  readonly browser?: BrowserFile;
  /** Files in the lesson's folder and entries in its proof that belong to no step. */
  readonly leftOver: readonly string[];
}

/** `browser.json` of a lesson. */
export interface BrowserFile {
  /** The recorder keeps it unchanged. */
  readonly text: string;
  readonly result?: BrowserResult;
  /** Why the file cannot be read. */
  readonly unreadable?: string;
}

/**
 * Reads the recordings of a lesson and compares them with the lesson.
 * @param recordings the recordings folder
 */
export async function readRecording(lesson: Lesson, recordings: string): Promise<LessonRecording> {
  const hashes = await sourceHashes(lesson);
  const { proof, unreadable } = readProof(recordings, lesson.id);
  const steps = stepsOf(lesson).map((step): [string, StepRecording] => {
    const { id } = step;
    const found = proof?.steps[id];
    if (found !== undefined)
      return [id, readStep(lesson.id, step, found, hashes.get(id), recordings)];
    return [id, withoutProof(lesson.id, step, unreadable)];
  });
  const browser = readBrowser(recordings, lesson.id);
  return {
    lesson,
    proof,
    ...(unreadable !== undefined && { unreadable }),
    steps: new Map(steps),
    hashes,
    ...(browser && { browser }),
    leftOver: leftOver(lesson, proof, hashes, recordings),
  };
}

/** Looks up the values that the recordings of a lesson measured. */
export function measuredIn(steps: LessonRecording['steps']): Lookup {
  return ({ step, name }) => {
    const recording = steps.get(step);
    return recording?.state === 'recorded' ? recording.proof.measured[name] : undefined;
  };
}

/** The steps that have a whole recording, of their current or of an earlier source, by id. */
export function recordedSteps({ steps }: LessonRecording): ReadonlyMap<string, RecordedStep> {
  return new Map([...steps].flatMap(([id, step]) => ('proof' in step ? [[id, step]] : [])));
}

/** The steps that have no recording of their current source, by id. */
export function pendingSteps({ steps }: LessonRecording): ReadonlyMap<string, PendingState> {
  return new Map(
    [...steps].flatMap(([id, { state }]) => (state === 'recorded' ? [] : [[id, state]])),
  );
}

/**
 * Names of recording folders that belong to no lesson. A folder without a proof does not count as a
 * recording folder.
 */
export function orphans(lessons: readonly Lesson[], recordings: string): string[] {
  if (!existsSync(recordings)) return [];
  const known = new Set(lessons.map(({ id }) => id));
  return readdirSync(recordings, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !known.has(entry.name))
    .map((entry) => entry.name)
    .filter((name) => existsSync(join(recordings, recordingPaths.proof(name))))
    .sort();
}

/**
 * Path of a proof in the project, for messages.
 * @param folder that of the lesson or of its variant, relative to the recordings folder
 */
export function proofFile(folder: string): string {
  return `recordings/${recordingPaths.proof(folder)}`;
}

/** SHA-256 of a picture file in hexadecimal digits, as in the proof. */
export function hashOfPicture(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A step whose proof does not exist, or cannot be read for a reason. */
export function withoutProof(
  folder: string,
  step: Step,
  unreadable: string | undefined,
): UnrecordedStep {
  return unreadable === undefined
    ? { state: 'missing', step }
    : { state: 'damaged', step, found: `${proofFile(folder)} cannot be read: ${unreadable}` };
}

/**
 * Reads the recording of a step.
 * @param folder that of the lesson or of its variant, relative to the recordings folder
 */
export function readStep(
  folder: string,
  step: Step,
  proof: StepProof,
  source: string | undefined,
  recordings: string,
): StepRecording {
  const path = (kind: 'cast' | 'screen' | 'picture') =>
    join(recordings, recordingPaths[kind](folder, step.id));
  const picture = step.options.picture && bytesIn(path('picture'));
  const files = {
    cast: textIn(path('cast')),
    screen: textIn(path('screen')),
    ...(step.options.picture && { picture: { sha256: picture && hashOfPicture(picture) } }),
  };
  const examined = examine(folder, step.id, files, proof);
  if (examined.state === 'damaged') return { ...examined, step };
  const state = proof.source === source ? 'recorded' : 'stale';
  const { cast: parsed, text } = examined;
  return { state, step, proof, parsed, ...text, ...(picture && { picture }) };
}

/**
 * The proof of a lesson. One that cannot be read counts as none: its steps are recorded again, and
 * the reason is reported.
 */
export function readProof(recordings: string, lesson: string): ReadProof<Proof> {
  return readProofOf(recordings, lesson, parseProof);
}

/** A proof; if it is absent, there is no file, or `unreadable` says why it cannot be read. */
export interface ReadProof<T> {
  readonly proof?: T;
  readonly unreadable?: string;
}

/** @param folder that of the lesson or of its variant, relative to the recordings folder */
export function readProofOf<T>(
  recordings: string,
  folder: string,
  parse: (text: string) => T,
): ReadProof<T> {
  const text = textIn(join(recordings, recordingPaths.proof(folder)));
  try {
    return text === undefined ? {} : { proof: parse(text) };
  } catch (error) {
    return { unreadable: String(error) };
  }
}

function readBrowser(recordings: string, lesson: string): BrowserFile | undefined {
  const path = recordingPaths.browser(lesson);
  const text = textIn(join(recordings, path));
  if (text === undefined) return undefined;
  try {
    return { text, result: parseBrowserResult(text) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { text, unreadable: `recordings/${path} cannot be read: ${why}` };
  }
}

function leftOver(
  lesson: Lesson,
  proof: Proof | undefined,
  hashes: ReadonlyMap<string, string>,
  recordings: string,
): string[] {
  const known = new Set([
    ...stepsOf(lesson).flatMap((step) => stepFiles(lesson.id, step)),
    recordingPaths.browser(lesson.id),
    ...readEngines(recordings).map(({ name }) => variantFolder(lesson.id, name)),
  ]);
  const files = filesIn(recordings, lesson.id).filter(
    (path) => ![...known].some((one) => path === one || path.startsWith(`${one}/`)),
  );
  return withEntries(lesson.id, files, Object.keys(proof?.steps ?? {}), hashes);
}

/** The files of a step, and the proof. */
export function stepFiles(folder: string, { id, options }: Step): string[] {
  return [
    recordingPaths.proof(folder),
    recordingPaths.cast(folder, id),
    recordingPaths.screen(folder, id),
    ...(options.picture === undefined ? [] : [recordingPaths.picture(folder, id)]),
  ];
}

/** All files below a folder of recordings, as paths relative to the recordings folder. */
export function filesIn(recordings: string, folder: string): string[] {
  const path = join(recordings, folder);
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  if (!isFolder) return [];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => relative(recordings, file).replaceAll(sep, '/'))
    .sort();
}

/**
 * Adds the entries of removed steps to left-over files, unless such a file already reveals the
 * same; all without their folder.
 */
export function withEntries(
  folder: string,
  files: readonly string[],
  entries: readonly string[],
  hashes: ReadonlyMap<string, string>,
): string[] {
  const names = files.map((path) => path.slice(folder.length + 1));
  const removed = entries.filter(
    (id) => !hashes.has(id) && !names.some((name) => name.startsWith(`${id}.`)),
  );
  return [...names, ...removed.map((id) => `proof.json, ${id}`)];
}

function textIn(path: string): string | undefined {
  return bytesIn(path)?.toString('utf8');
}

/** The content of a file; undefined if there is none, or if the path is a folder. */
function bytesIn(path: string): Buffer | undefined {
  const isFile = statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  return isFile ? readFileSync(path) : undefined;
}
