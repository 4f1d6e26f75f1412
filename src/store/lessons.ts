import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { lessonIdOf, splitName } from '../core/lesson/id.ts';
import { stepsOf, type Lesson } from '../core/lesson/model.ts';
import { parseLesson } from '../core/lesson/parse.ts';
import type { Problem } from '../core/lesson/problem.ts';

/** All lessons of a folder. */
export interface Lessons {
  readonly lessons: Lesson[];
  /** The text of each file, by lesson id. */
  readonly texts: ReadonlyMap<string, string>;
  readonly problems: Problem[];
}

/** Reads all lessons of a folder; with any problem the others are found as well, and nothing should be played. */
export function readLessons(folder: string): Lessons {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    return none(folder, 'there is no such folder of lessons', 'name one with --content DIR');
  // Names with a dot are an editor's: Emacs locks a file by a link, to nowhere, that is called `.#run.mdx`.
  const names = readdirSync(folder).filter(
    (entry) => entry.endsWith('.mdx') && !entry.startsWith('.'),
  );
  if (names.length === 0)
    return none(
      folder,
      'there is no lesson in this folder',
      'name a folder with lessons (*.mdx) with --content DIR; npm run new-lesson -- ID writes a first one',
    );
  const lessons: Lesson[] = [];
  const texts = new Map<string, string>();
  const problems: Problem[] = [];
  for (const name of names.sort()) {
    const path = join(folder, name);
    const text = readOrProblem(path);
    if (typeof text !== 'string') {
      problems.push(text);
      continue;
    }
    const read = parseLesson(text, shown(path));
    if (read.lesson !== undefined) {
      lessons.push(read.lesson);
      texts.set(read.lesson.id, text);
    }
    problems.push(...read.problems);
  }
  lessons.sort((a, b) => a.frontMatter.order - b.frontMatter.order || (a.id < b.id ? -1 : 1));
  return { lessons, texts, problems };
}

function readOrProblem(path: string): string | Problem {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    return {
      file: shown(path),
      line: 1,
      title: 'the lesson cannot be read',
      expected: 'a file',
      found: error instanceof Error ? error.message : String(error),
      hint: 'make it a file that you may read, or take it out of the folder',
    };
  }
}

/** A folder without lessons is a mistake, never a wish to have none: whoever records would remove every recording. */
function none(folder: string, title: string, hint: string): Lessons {
  return {
    lessons: [],
    texts: new Map(),
    problems: [{ file: shown(folder), line: 1, title, hint }],
  };
}

/** A lesson to play, and those of its steps that are asked for; all if absent. */
export interface Selection {
  readonly lesson: Lesson;
  /** Ids, in the order of the lesson. */
  readonly steps?: readonly string[];
}

/**
 * What `LESSON` and `LESSON#STEP` arguments name, each lesson once; all lessons if there are none.
 * @throws {UsageError} if one names nothing
 */
export function select(lessons: readonly Lesson[], names: readonly string[]): Selection[] {
  if (names.length === 0) return lessons.map((lesson) => ({ lesson }));
  const asked = names.map((name) => named(lessons, name));
  return [...new Set(asked.map(({ lesson }) => lesson))].map((lesson) => {
    const steps = asked.filter((one) => one.lesson === lesson).map(({ step }) => step);
    if (steps.includes(undefined)) return { lesson };
    return { lesson, steps: idsOf(lesson).filter((id) => steps.includes(id)) };
  });
}

function named(lessons: readonly Lesson[], name: string): { lesson: Lesson; step?: string } {
  const { lesson: path, step } = splitName(name);
  // A lesson's file names it as well: shells complete that.
  const id = lessonIdOf(path);
  const lesson = lessons.find((candidate) => candidate.id === id);
  if (lesson === undefined)
    throw new UsageError(
      `there is no lesson ${id}`,
      `use one of ${lessons.map((known) => known.id).join(', ')}`,
    );
  if (step === undefined) return { lesson };
  const ids = idsOf(lesson);
  if (!ids.includes(step))
    throw new UsageError(
      `the lesson ${lesson.id} has no step ${step}`,
      `use one of ${ids.join(', ')}`,
    );
  return { lesson, step };
}

function idsOf(lesson: Lesson): string[] {
  return stepsOf(lesson).map(({ id }) => id);
}

/** The command line asks for something that is not there. */
export class UsageError extends Error {
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.name = 'UsageError';
    this.hint = hint;
  }
}

function shown(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') ? path : short;
}
