import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ORIGINAL, type Language } from '../core/lesson/languages.ts';
import { notesIn, type Note } from '../core/lesson/notes.ts';
import { foldersOf } from './folders.ts';

/** The teacher's notes of a lesson, and the language in which they are written. */
export interface Notes {
  readonly language: Language;
  readonly notes: readonly Note[];
}

/**
 * The teacher's notes of a lesson in a language; those of the original if they are not translated.
 * @param root folder of the project
 */
export function lessonNotes(root: string, id: string, language: Language): Notes {
  const { content } = foldersOf(root);
  const original = join(content, `${id}.mdx`);
  const translated = join(content, language, `${id}.mdx`);
  const read = (file: string) => notesIn(readFileSync(file, 'utf8'));
  const own = language !== ORIGINAL && existsSync(translated) ? read(translated) : [];
  return own.length > 0 ? { language, notes: own } : { language: ORIGINAL, notes: read(original) };
}
