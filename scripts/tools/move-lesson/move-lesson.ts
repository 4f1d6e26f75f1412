import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { check, format, getFileInfo, resolveConfig } from 'prettier';
import { lessonIdOf } from '../../../src/core/lesson/id.ts';
import { parseLesson } from '../../../src/core/lesson/parse.ts';
import { proseHash } from '../../../src/core/lesson/translation.ts';
import { recordingPaths } from '../../../src/core/recording/paths.ts';
import { encodeProof, parseProof } from '../../../src/core/recording/proof.ts';
import { lessonFiles, type LessonFiles } from '../../../src/store/write.ts';
import { examplesOf } from '../author/examples.ts';
import { authoringReference, isExampleIn } from '../author/reference.ts';
import { withFormerId } from './former-id.ts';
import { mentions, references, withNewId } from './references.ts';

const LESSONS = 'content/lessons';
const RECORDINGS = 'recordings';
const AUTHORING = 'docs/authoring.md';
/** The report on another Engine; the next run of it leaves out a removed lesson. */
const ENGINES = 'docs/engines.md';
/** Files that may refer to lessons. */
const FILES = [
  'content/**/*.{mdx,yaml}',
  'docs/**/*.md',
  '*.md',
  '.github/**/*.{md,yml}',
  '{src,scripts,tests}/**/*.{ts,mjs,astro,yaml}',
];
/** History keeps old names. */
const HISTORY = 'CHANGELOG.md';

/** A line that names a lesson: `FILE:LINE: text`. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

export interface Move {
  /** New contents: folders of recordings by lesson id, other files by absolute path. */
  readonly contents: ReadonlyMap<string, LessonFiles | string>;
  /** What is removed, named in the same way. */
  readonly gone: readonly string[];
  /** Lines that may name the lesson, and are not changed. */
  readonly mentioned: readonly Place[];
  /** Lines whose references would break. If there are any, nothing is changed. */
  readonly dangling: readonly Place[];
}

/**
 * Plans the renaming of a lesson: its file, its translations, its recordings, and references to it.
 * @param root folder of the project, absolute
 */
export async function renaming(root: string, id: string, next: string): Promise<Move> {
  const contents = new Map<string, LessonFiles | string>();
  const gone: string[] = [];
  const texts = projectTexts(root);
  const renamed = new Map(
    [...texts].map(([file, text]) => {
      const isOwn = isOf(id, file);
      const path = isOwn ? file.replace(/[^/]+$/, `${next}.mdx`) : file;
      if (isOwn) gone.push(join(root, file));
      const changed = isMadeUp(file) ? text : withNewId(text, id, next);
      const isLesson = isOwn && dirname(file) === LESSONS;
      return [file, { path, text: isLesson ? withFormerId(changed, id, next) : changed }];
    }),
  );
  await keepTranslationsCurrent(texts, renamed);
  for (const [file, { path, text }] of renamed) {
    const before = texts.get(file) ?? '';
    if (path === file && text === before) continue;
    contents.set(join(root, path), await formatted(root, file, before, text));
  }
  const files = lessonFiles(join(root, RECORDINGS), id);
  if (files !== undefined) {
    contents.set(next, withLesson(files, next));
    gone.push(id);
  }
  return { contents, gone, mentioned: mentioned(texts, id), dangling: [] };
}

/**
 * Plans the removal of a lesson: its file, its translations, its recordings.
 * @param root folder of the project, absolute
 */
export function removal(root: string, id: string): Move {
  const texts = projectTexts(root);
  const own = [...texts.keys()].filter((file) => isOf(id, file));
  for (const file of own) texts.delete(file);
  const gone = own.map((file) => join(root, file));
  if (lessonFiles(join(root, RECORDINGS), id) !== undefined) gone.push(id);
  const dangling = [...texts].flatMap(([file, text]) =>
    isMadeUp(file) || file === AUTHORING || file === ENGINES
      ? []
      : references(text, id).map((naming) => ({ file, ...naming })),
  );
  const contents = new Map<string, string>();
  const authoring = texts.get(AUTHORING);
  if (authoring !== undefined && references(authoring, id).length > 0)
    contents.set(join(root, AUTHORING), withExamplesOf(texts, authoring));
  return { contents, gone, mentioned: mentioned(texts, id), dangling };
}

/** Whether a file is the lesson or a translation of it. */
function isOf(id: string, file: string): boolean {
  return file.startsWith(LESSONS) && lessonIdOf(file) === id;
}

function projectTexts(root: string): Map<string, string> {
  const files = globSync(FILES, { cwd: root }).filter((file) => file !== HISTORY);
  return new Map(files.sort().map((file) => [file, readFileSync(join(root, file), 'utf8')]));
}

/** Unit tests beside the code use lessons that they make up. */
function isMadeUp(file: string): boolean {
  return /^(?:src|scripts)\/.*\.test\.ts$/.test(file);
}

function mentioned(texts: ReadonlyMap<string, string>, id: string): Place[] {
  return [...texts].flatMap(([file, text]) =>
    // In these files, a quoted id is a command, a value or a part of the program.
    /^(?:content|src)\//.test(file) || isMadeUp(file)
      ? []
      : mentions(text, id).map((naming) => ({ file, ...naming })),
  );
}

/**
 * Updates the hashes of translations. A link in the prose of the original may have changed, and a
 * translation that was up to date must stay so.
 */
async function keepTranslationsCurrent(
  before: ReadonlyMap<string, string>,
  after: Map<string, { path: string; text: string }>,
): Promise<void> {
  for (const [file, { path, text }] of after) {
    const originalFile = join(LESSONS, basename(file));
    const original = after.get(originalFile);
    if (dirname(dirname(file)) !== LESSONS || original === undefined) continue;
    const was = await hashOf(original.path, before.get(originalFile) ?? '');
    const now = await hashOf(original.path, original.text);
    if (was !== undefined && now !== undefined)
      after.set(file, { path, text: text.replace(`translates: ${was}`, `translates: ${now}`) });
  }
}

async function hashOf(file: string, text: string): Promise<string | undefined> {
  const { lesson } = parseLesson(text, file);
  return lesson && proseHash({ lesson, text });
}

/** Formats a text as `npm run format` does if it was formatted before; the new id may be longer. */
async function formatted(root: string, file: string, before: string, now: string) {
  const filepath = join(root, file);
  const { ignored } = await getFileInfo(filepath, { ignorePath: join(root, '.prettierignore') });
  const options = { ...(await resolveConfig(filepath)), filepath };
  return ignored || !(await check(before, options)) ? now : format(now, options);
}

/** The recordings under another lesson id. Casts and screens do not contain the id. */
function withLesson(files: ReadonlyMap<string, Buffer>, lesson: string): LessonFiles {
  const name = basename(recordingPaths.proof(lesson));
  const text = files.get(name)?.toString() ?? '';
  try {
    const proof = encodeProof({ ...parseProof(text), lesson });
    return new Map<string, string | Uint8Array>(files).set(name, proof);
  } catch {
    // A lesson with an unreadable proof is recorded again.
    return files;
  }
}

/** The authoring reference with examples from the remaining lessons. */
function withExamplesOf(texts: ReadonlyMap<string, string>, authoring: string): string {
  const lessons = [...texts].filter(([file]) => dirname(file) === LESSONS);
  const byId = new Map(lessons.map(([file, text]) => [lessonIdOf(file), text]));
  return authoringReference(
    examplesOf(byId, (option, example) => isExampleIn(authoring, option, example)),
  );
}
