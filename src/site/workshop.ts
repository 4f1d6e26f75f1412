import { root } from 'astro:config/server';
import { fileURLToPath } from 'node:url';
import { getCollection, type CollectionEntry } from 'astro:content';
import { ORIGINAL, wordsOf, type Language } from './i18n/languages.ts';
import { homePath } from './links.ts';
import { stepsOf } from '../core/lesson/model.ts';
import { inParts } from '../core/lesson/order.ts';
import { LessonError, readLesson } from '../store/project.ts';
import { translatedLanguages } from '../store/translations.ts';

/** A lesson's place in the workshop. */
export interface Place {
  /** The lesson, with title and description in the requested language if it is translated. */
  readonly entry: CollectionEntry<'lessons'>;
  readonly translation: CollectionEntry<'translations'> | undefined;
  /** Letter of its part and number in it, as on its box: `A1`. */
  readonly code: string;
  /** Number of steps that its page shows. */
  readonly steps: number;
}

/** A part of the workshop that has lessons. */
export interface Part {
  readonly letter: string;
  readonly title: string;
  readonly places: readonly Place[];
}

/** The workshop in reading order. */
export async function workshop(language: Language = ORIGINAL): Promise<Part[]> {
  const translations = new Map((await translationEntries()).map((entry) => [entry.id, entry]));
  const lessons = await getCollection('lessons');
  const parts = inParts(lessons, ({ id, data }) => ({ id, ...data }));
  return Promise.all(
    parts.map(async ({ letter, title, lessons }) => ({
      letter,
      title: wordsOf(language).parts[title],
      places: await Promise.all(
        lessons.map(async ({ code, lesson: entry }) => {
          const translation = translations.get(`${language}/${entry.id}`);
          const { title, description } = (translation ?? entry).data;
          return {
            entry: { ...entry, data: { ...entry.data, title, description } },
            translation,
            code,
            steps: await shownSteps(entry),
          };
        }),
      ),
    })),
  );
}

/**
 * The translations of lessons. Reads the collection only if there are any, since Astro warns about
 * an empty one.
 */
export async function translationEntries(): Promise<CollectionEntry<'translations'>[]> {
  return languages().length === 0 ? [] : getCollection('translations');
}

/** The languages into which lessons are translated. */
export function languages(): Language[] {
  return translatedLanguages(fileURLToPath(root));
}

/** The start page in each language in which it exists, the original first. */
export function homes(): { readonly language: Language; readonly path: string }[] {
  return [ORIGINAL, ...languages()].map((language) => ({ language, path: homePath(language) }));
}

/** Empty for a lesson that cannot be read; the build reports what is wrong with it. */
async function shownSteps({ id }: CollectionEntry<'lessons'>): Promise<number> {
  const lesson = await readLesson(fileURLToPath(root), id).catch((error: unknown) => {
    if (!(error instanceof LessonError)) throw error;
  });
  return lesson ? stepsOf(lesson).filter(({ options }) => !options.hide).length : 0;
}
