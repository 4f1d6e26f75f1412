import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { failureOf } from './failures.ts';
import { lessonIdOf } from '../core/lesson/id.ts';
import { stepsOf, type Lesson, type Step } from '../core/lesson/model.ts';
import { parseLesson } from '../core/lesson/parse.ts';
import type { Problem } from '../core/lesson/problem.ts';
import { commandReference, placeOfUse, type Reference } from '../core/lesson/command-help.ts';
import { PARTS } from '../core/lesson/schema.ts';
import { onceForBuild } from './once-for-build.ts';
import type { Cast } from '../core/recording/cast.ts';
import { examine } from '../core/recording/damage.ts';
import { recordingPaths } from '../core/recording/paths.ts';
import { parseProof, type Proof, type StepProof } from '../core/recording/proof.ts';
import { sourceHashes } from '../core/recording/source-hash.ts';
import { referenceProblems } from './reference.ts';
import { translationProblems } from './translations.ts';

/*
 * The only file of the site that reads the recordings. A page gets either the recording of exactly what
 * its lesson says, or the reason why there is none.
 */

/** A step and what is recorded of it. */
export type StepRecording =
  | {
      readonly state: 'recorded';
      readonly step: Step;
      readonly proof: StepProof;
      readonly cast: Cast;
    }
  /** Never recorded, recorded from another source than the lesson's present one, or not whole. */
  | {
      readonly state: 'missing' | 'stale' | 'damaged';
      readonly step: Step;
      /** Which file is damaged, and what is wrong with it. */
      readonly found?: string;
      /** What the terminal says, if it failed when it was played; told while lessons are written. */
      readonly failure?: string;
    };

export interface LessonRecording {
  readonly lesson: Lesson;
  /** Absent if the lesson was never recorded. */
  readonly proof: Proof | undefined;
  /** By step id, in the order of the lesson; hidden steps as well. */
  readonly steps: ReadonlyMap<string, StepRecording>;
}

const LESSONS = 'content/lessons';
/** Folder of the recordings in the project. */
export const RECORDINGS = 'recordings';

/** Folders that a page is made from: a change in one of them is a change of the page. */
export const sources = [LESSONS, RECORDINGS];

/** A lesson that cannot be published, with everything that an author has to fix. */
export class LessonError extends Error {
  override readonly name = 'LessonError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[], text: string) {
    super(text);
    this.problems = problems;
  }
}

/**
 * Whether a step without a fresh recording may be shown with a plain note. Only who is at work on the
 * lessons wants that (`npm start`, `npm run dev`); what is published never has one.
 */
export function showsStale(): boolean {
  return process.env['YLD_STALE'] === 'show';
}

/**
 * The lesson and its recordings.
 * @param root folder of the project, absolute
 * @throws {LessonError} if the lesson cannot be read.
 */
export function openLesson(root: string, id: string): Promise<LessonRecording> {
  return onceForBuild(`recording ${join(root, id)}`, async () =>
    openRecording(root, await readLesson(root, id)),
  );
}

/** The commands of all lessons and their recorded help; undefined if lessons use none. */
export type ReferenceRecording = Pick<Reference, 'entries'> & {
  readonly recording: LessonRecording;
};

/**
 * The docker commands that the lessons use, and the recordings of their help.
 * @throws {LessonError} if a lesson cannot be read.
 */
export async function openReference(root: string): Promise<ReferenceRecording | undefined> {
  const ids = await lessonIds(root);
  const lessons = await Promise.all(ids.map((id) => readLesson(root, id)));
  const reference = commandReference(lessons.sort(inReadingOrder));
  if (reference === undefined) return undefined;
  return {
    entries: reference.entries,
    recording: await openRecording(root, reference.lesson),
  };
}

/**
 * A lesson as its file says.
 * @throws {LessonError} if it cannot be read.
 */
export function readLesson(root: string, id: string): Promise<Lesson> {
  return onceForBuild(`lesson ${join(root, id)}`, () => parseFile(root, id));
}

async function parseFile(root: string, id: string): Promise<Lesson> {
  const file = join(LESSONS, `${id}.mdx`);
  const { lesson, problems } = parseLesson(await readFile(join(root, file), 'utf8'), file);
  if (lesson === undefined) throw new LessonError(problems, `${file} cannot be read`);
  return lesson;
}

async function openRecording(root: string, lesson: Lesson): Promise<LessonRecording> {
  const hashes = await sourceHashes(lesson);
  const proof = readProof(root, lesson.id);
  const steps = new Map<string, StepRecording>();
  for (const step of stepsOf(lesson)) {
    const found = await openStep(root, lesson.id, step, proof?.steps[step.id], hashes.get(step.id));
    steps.set(step.id, found.state === 'recorded' ? found : await withFailure(root, lesson, found));
  }
  return { lesson, proof, steps };
}

async function withFailure(
  root: string,
  { id }: Lesson,
  found: Exclude<StepRecording, { state: 'recorded' }>,
): Promise<StepRecording> {
  const failure = showsStale() ? await failureOf(root, id, found.step.id) : undefined;
  return failure === undefined ? found : { ...found, failure };
}

function inReadingOrder(a: Lesson, b: Lesson): number {
  const place = ({ frontMatter }: Lesson) => PARTS.indexOf(frontMatter.part);
  return place(a) - place(b) || a.frontMatter.order - b.frontMatter.order || (a.id < b.id ? -1 : 1);
}

/** A recorded picture, for publishing it as it is. */
export function recordingPicture(root: string, path: string): Promise<Buffer<ArrayBuffer>> {
  return readFile(join(root, RECORDINGS, path));
}

/**
 * The text of a recording file, for publishing it as it is. There are many, they are small, and a build has nothing
 * else to do meanwhile: to wait for each would take longer than to read it.
 */
export function recordingFile(root: string, path: string): string {
  return readFileSync(join(root, RECORDINGS, path), 'utf8');
}

/** Everything that keeps the lessons from being published, of all lessons at once. */
export async function lessonProblems(root: string): Promise<Problem[]> {
  const found: Problem[] = [];
  const ids = await lessonIds(root);
  const lessons: Lesson[] = [];
  const check = ({ lesson, steps }: LessonRecording, place?: (step: string) => Place) => {
    if (!showsStale())
      found.push(...[...steps.values()].flatMap((step) => stepProblem(lesson, step, place)));
  };
  for (const id of ids) {
    try {
      const recording = await openLesson(root, id);
      lessons.push(recording.lesson);
      check(recording);
    } catch (error) {
      if (!(error instanceof LessonError)) throw error;
      found.push(...error.problems);
    }
  }
  // Of lessons that cannot be read, neither commands nor steps are known.
  if (lessons.length < ids.length) return found;
  const reference = commandReference(lessons);
  if (reference !== undefined)
    try {
      check(await openRecording(root, reference.lesson), (step) => {
        // A help is wanted where a lesson uses its command.
        const entry = reference.entries.find((one) => one.step === step);
        return entry ? placeOfUse(entry) : { file: reference.lesson.file, line: 1 };
      });
    } catch (error) {
      if (!(error instanceof LessonError)) throw error;
      found.push(...error.problems);
    }
  return [
    ...found,
    ...referenceProblems(root, lessons),
    ...(await translationProblems(root, lessons)),
  ];
}

type Place = Pick<Problem, 'file' | 'line'>;

function stepProblem(
  lesson: Lesson,
  recording: StepRecording,
  place: (step: string) => Place = () => ({ file: lesson.file, line: recording.step.line }),
): Problem[] {
  if (recording.state === 'recorded') return [];
  const { state, step, found } = recording;
  const title = {
    missing: `the step ${step.id} is not recorded`,
    stale: `the recording of the step ${step.id} is stale: the lesson has changed since`,
    damaged: `the recording of the step ${step.id} is damaged`,
  }[state];
  const hint = `npm run record -- ${lesson.id}`;
  return [{ ...place(step.id), title, ...(found && { found }), hint }];
}

/** The ids of all lessons, in alphabetical order. */
export async function lessonIds(root: string): Promise<string[]> {
  const names = await readdir(join(root, LESSONS));
  return names
    .filter((name) => name.endsWith('.mdx'))
    .map(lessonIdOf)
    .sort();
}

async function openStep(
  root: string,
  lesson: string,
  step: Step,
  proof: StepProof | undefined,
  source: string | undefined,
): Promise<StepRecording> {
  if (proof === undefined) return { state: 'missing', step };
  const files = {
    cast: readIfThere(root, recordingPaths.cast(lesson, step.id)),
    screen: readIfThere(root, recordingPaths.screen(lesson, step.id)),
    ...(step.options.picture !== undefined && {
      picture: { sha256: await hashOfPicture(root, recordingPaths.picture(lesson, step.id)) },
    }),
  };
  const examined = examine(lesson, step.id, files, proof);
  if (examined.state === 'damaged') return { ...examined, step };
  if (proof.source !== source) return { state: 'stale', step };
  return { state: 'recorded', step, proof, cast: examined.cast };
}

async function hashOfPicture(root: string, path: string): Promise<string | undefined> {
  const bytes = await recordingPicture(root, path).catch(() => undefined);
  return bytes && createHash('sha256').update(bytes).digest('hex');
}

function readProof(root: string, lesson: string): Proof | undefined {
  const text = readIfThere(root, recordingPaths.proof(lesson));
  try {
    return text === undefined ? undefined : parseProof(text);
  } catch (error) {
    const file = relative(root, join(root, RECORDINGS, recordingPaths.proof(lesson)));
    const problem = {
      file,
      line: 1,
      title: 'the proof cannot be read',
      found: String(error),
      hint: `npm run record -- ${lesson}`,
    };
    throw new LessonError([problem], `${file} cannot be read`);
  }
}

function readIfThere(root: string, path: string): string | undefined {
  try {
    return recordingFile(root, path);
  } catch (error) {
    // A folder of that name is none of ours.
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EISDIR') return undefined;
    throw error;
  }
}
