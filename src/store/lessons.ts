import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { lessonIdOf } from '../core/lesson/id.ts';
import type { Lesson } from '../core/lesson/model.ts';
import { withoutNotes } from '../core/lesson/notes.ts';
import { inReadingOrder } from '../core/lesson/order.ts';
import { parseLesson } from '../core/lesson/parse.ts';
import type { Problem } from '../core/lesson/problem.ts';

/** All lessons of a folder. */
export interface Lessons {
  /** In reading order. */
  readonly lessons: readonly Lesson[];
  /** The text of each file for readers, by lesson id. */
  readonly texts: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

/** A lesson file; if its text or lesson is absent, the problems say why. */
export interface LessonFile {
  /** Its text for readers, without the teacher's notes. */
  readonly text?: string;
  readonly lesson?: Lesson;
  readonly problems: readonly Problem[];
}

/**
 * Reads all lessons of a folder, even if some have problems. If there is any problem, nothing
 * should be recorded.
 * @param base folder to which file paths in lessons and problems are relative
 */
export function readLessons(content: string, base = process.cwd()): Lessons {
  const ids = lessonIds(content);
  if (ids.length === 0) return none(content, base);
  const read = ids.map((id) => ({ id, ...readLessonFile(content, id, base) }));
  const lessons = read.flatMap(({ lesson }) => lesson ?? []);
  return {
    lessons: inReadingOrder(lessons, ({ id, frontMatter }) => ({ id, ...frontMatter })),
    texts: new Map(read.flatMap(({ id, text }) => (text === undefined ? [] : [[id, text]]))),
    problems: read.flatMap(({ problems }) => problems),
  };
}

/** The ids of the lessons or translations in a folder, in alphabetical order. */
export function lessonIds(folder: string): string[] {
  if (!isFolder(folder)) return [];
  // Names that start with a dot belong to editors: Emacs locks a file with a dangling link
  // `.#run.mdx`.
  return readdirSync(folder)
    .filter((name) => name.endsWith('.mdx') && !name.startsWith('.'))
    .map(lessonIdOf)
    .sort();
}

/** Reads one lesson of a folder; `base` as in {@link readLessons}. */
export function readLessonFile(content: string, id: string, base = process.cwd()): LessonFile {
  const path = join(content, `${id}.mdx`);
  const file = shownPath(path, base);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const problem: Problem = {
      file,
      line: 1,
      title: 'the lesson cannot be read',
      expected: 'a file',
      found: error instanceof Error ? error.message : String(error),
      hint: 'make it a file that you can read, or remove it from the folder',
    };
    return { problems: [problem] };
  }
  return { text: withoutNotes(text), ...parseLesson(text, file) };
}

/**
 * Writes a new lesson; never overwrites an existing file, not even in a race.
 * @returns whether it was written
 */
export function addLesson(content: string, id: string, text: string): boolean {
  mkdirSync(content, { recursive: true });
  try {
    writeFileSync(join(content, `${id}.mdx`), text, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Reports a missing or empty folder, because recording it would remove every recording. */
function none(folder: string, base: string): Lessons {
  const problem = isFolder(folder)
    ? {
        title: 'there is no lesson in this folder',
        hint: 'create one with npm run new-lesson -- ID, or name another folder with --content DIR',
      }
    : {
        title: 'the folder of lessons does not exist',
        hint: 'name another one with --content DIR',
      };
  return {
    lessons: [],
    texts: new Map(),
    problems: [{ file: shownPath(folder, base), line: 1, ...problem }],
  };
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

function shownPath(path: string, base: string): string {
  const short = relative(base, path);
  return short.startsWith('..') ? path : short;
}
