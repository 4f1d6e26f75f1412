import { en, type Words } from './en.ts';
import { es } from './es.ts';

/** The languages that the interface knows; the first one is that of the lessons. */
export const LANGUAGES = {
  en: { name: 'English', words: en, dates: 'en-GB' },
  es: { name: 'Español', words: es, dates: 'es' },
} as const satisfies Readonly<
  Record<string, { readonly name: string; readonly words: Words; readonly dates: string }>
>;

/** A language by its tag (BCP 47), as addresses and `lang` attributes have it. */
export type Language = keyof typeof LANGUAGES;

/** The language of the lessons as they are written. */
export const ORIGINAL: Language = 'en';

export function isLanguage(name: string): name is Language {
  return Object.hasOwn(LANGUAGES, name);
}

/** The words of a language; of the original one if a page has none. */
export function wordsOf(language: Language = ORIGINAL): Words {
  return LANGUAGES[language].words;
}

const dates = new Map<Language, Intl.DateTimeFormat>();

/** A day, `YYYY-MM-DD`, as it is written out in a language. */
export function longDate(day: string, language: Language = ORIGINAL): string {
  const format = dates.get(language) ?? dateFormat(language);
  dates.set(language, format);
  return format.format(new Date(day));
}

function dateFormat(language: Language): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(LANGUAGES[language].dates, { dateStyle: 'long', timeZone: 'UTC' });
}
