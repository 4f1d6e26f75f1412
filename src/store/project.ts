import { join } from 'node:path';
import { commandReference, REFERENCE, type Reference } from '../core/lesson/command-help.ts';
import { deepDiveFaults } from '../core/lesson/deep-dives.ts';
import { movedFaults, movedIn } from '../core/lesson/moved.ts';
import type { Moved } from '../core/lesson/moved-text.ts';
import { placeOf, type Lesson } from '../core/lesson/model.ts';
import { quotesIn, type Quote } from '../core/lesson/quotes.ts';
import type { Problem } from '../core/lesson/problem.ts';
import { majorOf } from '../core/recording/engines.ts';
import { variantFolder } from '../core/recording/paths.ts';
import { unproven } from '../core/recording/unproven.ts';
import { unlistedErrors, type ShownError } from '../core/reference/error-index.ts';
import { ERRORS_FILE } from '../core/reference/errors.ts';
import { engineProblems, readEngines } from './engines.ts';
import { foldersOf } from './folders.ts';
import {
  lessonIds,
  readLessonFile,
  readLessons,
  type LessonFile,
  type Lessons,
} from './lessons.ts';
import { onceForBuild } from './once-for-build.ts';
import {
  filesIn,
  proofFile,
  readProof,
  readRecording,
  type LessonRecording,
} from './recordings.ts';
import { otherList, quotesLost } from './quotes.ts';
import { knownErrors, referenceProblems } from './reference.ts';
import { shownErrors } from './shown-errors.ts';
import { isVariant, readVariants, type Variant } from './variants.ts';
import { translationProblems } from './translations.ts';

/* The project as the site reads it. A build reads each lesson once. */

/** The project cannot be published; lists everything that an author has to fix. */
export class LessonError extends Error {
  override readonly name = 'LessonError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[], text: string) {
    super(text);
    this.problems = problems;
  }
}

/**
 * Whether a step without an up-to-date recording may be shown, with a note. Only for authors (`npm
 * start`, `npm run dev`), never for published sites.
 */
export function showsStale(): boolean {
  return process.env['YLD_STALE'] === 'show';
}

/**
 * Reads a lesson from its file.
 * @param root folder of the project, absolute
 * @throws {LessonError} if it cannot be read
 */
export async function readLesson(root: string, id: string): Promise<Lesson> {
  const { lesson, problems } = await readOnce(root, id);
  if (lesson === undefined) throw new LessonError(problems, `the lesson ${id} cannot be read`);
  return lesson;
}

/** The text of a lesson's file. */
export async function readText(root: string, id: string): Promise<string> {
  return (await readOnce(root, id)).text ?? '';
}

function readOnce(root: string, id: string): Promise<LessonFile> {
  return onceForBuild(`lesson ${join(root, id)}`, () =>
    Promise.resolve(readLessonFile(foldersOf(root).content, id, root)),
  );
}

/**
 * Reads a lesson and its recordings.
 * @param root folder of the project, absolute
 * @throws {LessonError} if the lesson cannot be read
 */
export function openLesson(root: string, id: string): Promise<LessonRecording> {
  return onceForBuild(`recording ${join(root, id)}`, async () =>
    readRecording(await readLesson(root, id), foldersOf(root).recordings),
  );
}

/**
 * Reads what other Engines print in a lesson, the newest Engine first, without those with which the
 * lesson was never recorded.
 * @param root folder of the project, absolute
 * @throws {LessonError} if the lesson cannot be read
 */
export function openVariants(root: string, id: string): Promise<Variant[]> {
  return onceForBuild(`variants ${join(root, id)}`, async () =>
    readVariants(await openLesson(root, id), foldersOf(root).recordings),
  );
}

/**
 * The Engines that readers choose from, by major version, the newest first: each with which any
 * lesson is recorded.
 * @param root folder of the project, absolute
 * @throws {Error} if the list of Engines is damaged
 */
export function openEngines(root: string): Promise<readonly string[]> {
  return onceForBuild(`engines ${root}`, () => {
    const { content, recordings } = foldersOf(root);
    const ids = [...lessonIds(content), REFERENCE];
    const others = readEngines(recordings)
      .map(({ name }) => name)
      .filter((name) => ids.some((id) => filesIn(recordings, variantFolder(id, name)).length > 0));
    const references = ids.flatMap((id) => readProof(recordings, id).proof?.lab.engine ?? []);
    const all = new Set([...others, ...references.map(majorOf)]);
    return Promise.resolve([...all].sort((a, b) => Number(b) - Number(a)));
  });
}

/** The commands of all lessons and their recorded help. */
export type ReferenceRecording = Pick<Reference, 'entries'> & {
  readonly recording: LessonRecording;
  /** What other Engines print, as of a lesson. */
  readonly variants: readonly Variant[];
};

/**
 * Reads the docker commands that the lessons use and the recordings of their help; undefined if
 * there are none.
 * @param root folder of the project, absolute
 */
export function openReference(root: string): Promise<ReferenceRecording | undefined> {
  return onceForBuild(`reference ${root}`, async () => {
    const { content, recordings } = foldersOf(root);
    const reference = commandReference(readLessons(content, root).lessons);
    if (reference === undefined) return undefined;
    const { entries, lesson } = reference;
    const recording = await readRecording(lesson, recordings);
    return { entries, recording, variants: await readVariants(recording, recordings) };
  });
}

/**
 * The error messages in the recordings of the lessons, in reading order.
 * @param root folder of the project, absolute
 * @throws {LessonError} if a lesson cannot be read
 */
export function openShownErrors(root: string): Promise<readonly ShownError[]> {
  return onceForBuild(`errors ${root}`, async () => {
    const { lessons } = readLessons(foldersOf(root).content, root);
    const shown = lessons.map(async ({ id }) =>
      shownErrors(await openLesson(root, id), await openVariants(root, id)),
    );
    return (await Promise.all(shown)).flat();
  });
}

/**
 * Where lessons and steps are now that used to have other addresses.
 * @param root folder of the project, absolute
 */
export function readMoved(root: string): Promise<Moved> {
  return onceForBuild(`moved ${root}`, () =>
    Promise.resolve(movedIn(readLessons(foldersOf(root).content, root).lessons)),
  );
}

/** All lessons of a project, and the problems of files that refer to them. */
export interface Content extends Lessons {
  /**
   * Problems between files: in what refers to lessons (other lessons, translations, the glossary,
   * the rows of 2014).
   */
  readonly beside: readonly Problem[];
}

/**
 * Reads everything that authors write.
 * @param root folder of the project
 */
export async function readContent(root: string): Promise<Content> {
  const read = readLessons(foldersOf(root).content, root);
  // The steps of lessons that cannot be read are unknown, so references to them cannot be checked.
  if (read.problems.length > 0) return { ...read, beside: [] };
  const { lessons, texts } = read;
  return {
    ...read,
    beside: [
      ...deepDiveFaults(lessons, texts),
      ...movedFaults(lessons, texts),
      ...referenceProblems(root, lessons),
      ...(await translationProblems(root, lessons)),
    ],
  };
}

/**
 * The error messages in recordings that the project's list does not explain. None if there is no
 * list, or if lessons or the list cannot be read.
 * @param root folder of the project, absolute
 */
export async function unexplained(root: string, { problems, beside }: Content): Promise<Problem[]> {
  const errors = knownErrors(root);
  const isUnreadable = problems.length > 0 || beside.some(({ file }) => file === ERRORS_FILE);
  if (errors === undefined || isUnreadable) return [];
  return unlistedErrors(errors, await openShownErrors(root));
}

/**
 * Everything that prevents the project from being published, all at once.
 * @param root folder of the project, absolute
 */
export async function projectProblems(root: string): Promise<Problem[]> {
  const content = await readContent(root);
  const { lessons, texts, problems, beside } = content;
  if (showsStale()) return [...problems, ...beside];
  const recordings = await Promise.all(
    lessons.map(async (lesson) => ({
      quotes: quotesIn(texts.get(lesson.id) ?? '', lesson),
      recordings: [await openLesson(root, lesson.id), ...(await openVariants(root, lesson.id))],
    })),
  );
  // The commands of lessons that cannot be read are unknown.
  const reference = problems.length === 0 ? await openReference(root) : undefined;
  return [
    ...problems,
    ...recordings.flatMap((one) => recordingsProblems(one.recordings, one.quotes)),
    ...(reference ? recordingsProblems([reference.recording, ...reference.variants], []) : []),
    ...engineProblems(
      foldersOf(root).recordings,
      recordings.flatMap(({ recordings: [one] }) => one?.proof?.lab.engine ?? []),
    ),
    ...beside,
    ...(await unexplained(root, content)),
  ];
}

/**
 * Everything that prevents a lesson's recordings from being published. What other Engines print is
 * compared with the reference Engine's recordings, so these are looked at first.
 */
function recordingsProblems(
  recordings: readonly LessonRecording[],
  quotes: readonly Quote[],
): Problem[] {
  for (const recording of recordings) {
    const problems = recordingProblems(recording, quotes);
    if (problems.length > 0) return problems;
  }
  return [];
}

function recordingProblems(recording: LessonRecording, quotes: readonly Quote[]): Problem[] {
  const { lesson, steps, unreadable } = recording;
  const engine = isVariant(recording) ? recording.engine : undefined;
  const hint = `npm run record -- ${engine === undefined ? '' : `--engine ${engine} `}${lesson.id}`;
  const on = engine === undefined ? '' : ` on Engine ${engine}`;
  const file = proofFile(engine === undefined ? lesson.id : variantFolder(lesson.id, engine));
  if (unreadable !== undefined)
    return [{ file, line: 1, title: 'the proof cannot be read', found: unreadable, hint }];
  const unrecorded = [...steps.values()].flatMap((recording): Problem[] => {
    if (recording.state === 'recorded') return [];
    const { state, step } = recording;
    const title = {
      missing: `the step ${step.id} is not recorded${on}`,
      stale: `the recording of the step ${step.id}${on} is stale: the lesson has changed`,
      damaged: `the recording of the step ${step.id}${on} is damaged`,
    }[state];
    const found = 'found' in recording ? recording.found : undefined;
    return [{ ...placeOf(lesson, step), title, ...(found !== undefined && { found }), hint }];
  });
  if (unrecorded.length > 0) return unrecorded;
  const inLesson = [
    ...unproven(lesson, (id) => {
      const step = steps.get(id);
      return step?.state === 'recorded' ? { ...step.proof, screen: step.screen } : undefined;
    }),
    ...quotesLost(recording, quotes),
  ].map((fault) => ({ file: lesson.file, ...fault, title: fault.title + on }));
  const found = otherList(recording, quotes);
  if (inLesson.length > 0 || found === undefined) return inLesson;
  const title = `the proof does not list what the prose quotes from the screens${on}`;
  return [{ file, line: 1, title, found, hint: `${hint}, which runs nothing for that` }];
}
