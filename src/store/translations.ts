import { existsSync, readdirSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isLanguage, LANGUAGES, ORIGINAL, type Language } from '../site/i18n/languages.ts';
import { lessonIdOf } from '../core/lesson/id.ts';
import type { Lesson } from '../core/lesson/model.ts';
import type { Problem } from '../core/lesson/problem.ts';
import { parseTranslation, type Translation } from '../core/lesson/translation.ts';

/** Translations stand in folders of their own, by language. */
const LESSONS = 'content/lessons';

/**
 * The translation of a lesson; undefined if there is none, or none that can be read: then the build names what
 * is wrong with it.
 * @param root folder of the project
 */
export async function openTranslation(
  root: string,
  language: Language,
  lesson: Lesson,
): Promise<Translation | undefined> {
  const file = join(LESSONS, language, `${lesson.id}.mdx`);
  if (language === ORIGINAL || !existsSync(join(root, file))) return undefined;
  return (await readTranslation(root, file, lesson)).translation;
}

/** The languages that a lesson is in, its own one first. */
export function languagesOf(root: string, lesson: string): Language[] {
  const others = (Object.keys(LANGUAGES) as Language[]).filter(
    (language) =>
      language !== ORIGINAL && existsSync(join(root, LESSONS, language, `${lesson}.mdx`)),
  );
  return [ORIGINAL, ...others];
}

/** The languages that at least one lesson is translated into. */
export function translatedLanguages(root: string): Language[] {
  return (Object.keys(LANGUAGES) as Language[]).filter((language) => {
    const folder = join(root, LESSONS, language);
    return (
      language !== ORIGINAL &&
      existsSync(folder) &&
      readdirSync(folder).some((name) => name.endsWith('.mdx'))
    );
  });
}

/** Everything that an author has to fix in translations. */
export async function translationProblems(
  root: string,
  lessons: readonly Lesson[],
): Promise<Problem[]> {
  const problems: Problem[] = [];
  const entries = await readdir(join(root, LESSONS), { withFileTypes: true });
  for (const { name: language } of entries.filter((entry) => entry.isDirectory())) {
    const folder = join(LESSONS, language);
    if (!isLanguage(language) || language === ORIGINAL) {
      const known = Object.keys(LANGUAGES).filter((name) => name !== ORIGINAL);
      problems.push({
        file: folder,
        line: 1,
        title: `the folder ${language} is no language to translate into`,
        expected: known.join(', '),
        hint: 'add src/site/i18n/LANGUAGE.ts first, and name it in src/site/i18n/languages.ts',
      });
      continue;
    }
    const files = (await readdir(join(root, folder))).filter((name) => name.endsWith('.mdx'));
    for (const name of files.sort()) {
      const file = join(folder, name);
      const lesson = lessons.find(({ id }) => id === lessonIdOf(name));
      if (lesson === undefined)
        problems.push({
          file,
          line: 1,
          title: 'there is no lesson of this name to translate',
          hint: `name the file like its original in ${LESSONS}`,
        });
      else problems.push(...(await readTranslation(root, file, lesson)).problems);
    }
  }
  return problems;
}

async function readTranslation(root: string, file: string, lesson: Lesson) {
  const [source, text] = await Promise.all(
    [file, lesson.file].map((name) => readFile(join(root, name), 'utf8')),
  );
  return parseTranslation(source ?? '', file, { lesson, text: text ?? '' });
}
