import { ORIGINAL, type Language } from '../../core/lesson/languages.ts';
import { en, type Words } from './en.ts';
import { es } from './es.ts';

export { ORIGINAL, type Language };

/** The words of the interface in each language of the lessons. */
export const LANGUAGES = {
  en: { name: 'English', words: en, dates: 'en-GB' },
  es: { name: 'Español', words: es, dates: 'es' },
} as const satisfies Readonly<
  Record<Language, { readonly name: string; readonly words: Words; readonly dates: string }>
>;

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
