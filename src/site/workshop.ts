import { getCollection, type CollectionEntry } from 'astro:content';
import { ORIGINAL, wordsOf, type Language } from './i18n/languages.ts';
import { timeOf } from './time.ts';
import { splitName } from '../core/lesson/id.ts';
import { stepsOf } from '../core/lesson/model.ts';
import type { Moved } from '../core/lesson/moved-text.ts';
import { DEEP_DIVES, inParts } from '../core/lesson/order.ts';
import type { LessonTime } from '../core/lesson/time.ts';
import { LessonError, openLesson, readMoved, readText } from '../store/project.ts';
import { translatedLanguages } from '../store/translations.ts';
import { PROJECT } from './project.ts';

/** A lesson's place in the workshop. */
export interface Place {
  /** The lesson, with title and description in the requested language if it is translated. */
  readonly entry: CollectionEntry<'lessons'>;
  readonly translation: CollectionEntry<'translations'> | undefined;
  /** Letter of its part and number in it, as on its box: `A1`. */
  readonly code: string;
  /** Number of steps that its page shows. */
  readonly steps: number;
  /** Absent for a lesson that cannot be read; the build reports what is wrong with it. */
  readonly time: LessonTime | undefined;
}

/** What a lesson's page links to at its end. */
export interface Ways {
  /** The lesson before it on the core path; for a deep dive, the one after which it makes sense. */
  readonly before: Place | undefined;
  /** The next lesson on the core path. */
  readonly next: Place | undefined;
  /** The deep dives that make sense after it. */
  readonly dives: readonly Place[];
}

/** A part of the workshop that has lessons. */
export interface Part {
  readonly letter: string;
  readonly title: string;
  /** Whether it lists the deep dives; otherwise it is a part of the core path. */
  readonly isDeep: boolean;
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
      isDeep: title === DEEP_DIVES,
      places: await Promise.all(
        lessons.map(async ({ code, lesson: entry }) => {
          const translation = translations.get(`${language}/${entry.id}`);
          const { title, description } = (translation ?? entry).data;
          return {
            entry: { ...entry, data: { ...entry.data, title, description } },
            translation,
            code,
            ...(await factsOf(entry)),
          };
        }),
      ),
    })),
  );
}

/** The lessons of a workshop, and the ways that lead from each. */
export function lessonsWithWays(
  parts: readonly Part[],
): { readonly place: Place; readonly ways: Ways }[] {
  const places = parts.flatMap((part) => part.places);
  const after = ({ entry }: Place) => entry.data.after;
  const path = places.filter((place) => after(place) === undefined);
  return places.map((place) => {
    const id = after(place);
    const at = path.findIndex(({ entry }) => entry.id === (id ?? place.entry.id));
    const dives = places.filter((other) => after(other) === place.entry.id);
    return {
      place,
      ways: { before: path[id === undefined ? at - 1 : at], next: path[at + 1], dives },
    };
  });
}

/** Where lessons and steps are now that used to have other addresses. */
export function moved(): Promise<Moved> {
  return readMoved(PROJECT);
}

/** Former ids of lessons with the current ones. */
export async function movedLessons(): Promise<{ readonly was: string; readonly now: string }[]> {
  return Object.entries(await moved()).flatMap(([was, now]) =>
    splitName(was).step === undefined ? [{ was, now }] : [],
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
  return translatedLanguages(PROJECT);
}

/** The paths of a page that exists in each language, the original first; none if there is one. */
export function versions(
  pathOf: (language: Language) => string,
): { readonly language: Language; readonly path: string }[] {
  const all = [ORIGINAL, ...languages()];
  return all.length === 1 ? [] : all.map((language) => ({ language, path: pathOf(language) }));
}

/** For `getStaticPaths` of a page that exists in each language, below `[...language]`. */
export function inEachLanguage() {
  return [ORIGINAL, ...languages()].map((language) => ({
    params: { language: language === ORIGINAL ? undefined : language },
    props: { language },
  }));
}

async function factsOf({ id }: CollectionEntry<'lessons'>): Promise<Pick<Place, 'steps' | 'time'>> {
  const recording = await openLesson(PROJECT, id).catch((error: unknown) => {
    if (!(error instanceof LessonError)) throw error;
  });
  if (recording === undefined) return { steps: 0, time: undefined };
  return {
    steps: stepsOf(recording.lesson).filter(({ options }) => !options.hide).length,
    time: timeOf(await readText(PROJECT, id), recording),
  };
}
