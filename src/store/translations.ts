import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ORIGINAL, TRANSLATIONS, type Language } from '../core/lesson/languages.ts';
import type { Lesson } from '../core/lesson/model.ts';
import { withoutNotes } from '../core/lesson/notes.ts';
import type { Problem } from '../core/lesson/problem.ts';
import { parseTranslation, type Translation } from '../core/lesson/translation.ts';
import { foldersOf } from './folders.ts';
import { lessonIds } from './lessons.ts';

/*
 * Translations are in one subfolder of the lessons folder per language. `root` is the project's
 * folder.
 */

/**
 * The translation of a lesson; undefined if there is none or if it cannot be read, which the build
 * reports separately.
 */
export async function openTranslation(
  root: string,
  language: Language,
  lesson: Lesson,
): Promise<Translation | undefined> {
  return languagesOf(root, lesson.id).includes(language) && language !== ORIGINAL
    ? (await readTranslation(root, language, lesson)).translation
    : undefined;
}

/** The languages in which a lesson exists, the original first. */
export function languagesOf(root: string, lesson: string): Language[] {
  const isThere = (language: Language) => existsSync(join(folder(root, language), `${lesson}.mdx`));
  return [ORIGINAL, ...TRANSLATIONS.filter(isThere)];
}

/** The languages into which at least one lesson is translated. */
export function translatedLanguages(root: string): Language[] {
  return TRANSLATIONS.filter((language) => lessonIds(folder(root, language)).length > 0);
}

/** Everything that an author has to fix in translations. */
export async function translationProblems(
  root: string,
  lessons: readonly Lesson[],
): Promise<Problem[]> {
  const folders = readdirSync(foldersOf(root).content, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(async ({ name }) => {
      const language = TRANSLATIONS.find((known) => known === name);
      return language === undefined ? [noLanguage(name)] : problemsIn(root, language, lessons);
    });
  return (await Promise.all(folders)).flat();
}

function noLanguage(name: string): Problem {
  return {
    file: join(foldersOf('').content, name),
    line: 1,
    title: `the folder ${name} is not named after a language for translations`,
    expected: TRANSLATIONS.join(', '),
    hint: 'add the language to src/core/lesson/languages.ts, and its words to src/site/i18n',
  };
}

async function problemsIn(
  root: string,
  language: Language,
  lessons: readonly Lesson[],
): Promise<Problem[]> {
  const found = lessonIds(folder(root, language)).map(async (id): Promise<Problem[]> => {
    const lesson = lessons.find((one) => one.id === id);
    if (lesson !== undefined) return (await readTranslation(root, language, lesson)).problems;
    const file = join(folder('', language), `${id}.mdx`);
    const title = 'there is no lesson with this name to translate';
    const hint = `give the file the name of its original in ${foldersOf('').content}`;
    return [{ file, line: 1, title, hint }];
  });
  return (await Promise.all(found)).flat();
}

function readTranslation(root: string, language: Language, lesson: Lesson) {
  const file = join(folder('', language), `${lesson.id}.mdx`);
  const text = readFileSync(join(root, lesson.file), 'utf8');
  return parseTranslation(readFileSync(join(root, file), 'utf8'), file, { lesson, text });
}

/** The text of a translation's file, which exists, without the teacher's notes. */
export function translationText(root: string, language: Language, lesson: string): string {
  return withoutNotes(readFileSync(join(folder(root, language), `${lesson}.mdx`), 'utf8'));
}

function folder(root: string, language: Language): string {
  return join(foldersOf(root).content, language);
}
