import { ORIGINAL, type Language } from '../../core/lesson/languages.ts';
import { en, type Words } from './en.ts';
import { es } from './es.ts';

export { ORIGINAL, type Language };

/** The interface texts in each language of the lessons. */
export const LANGUAGES = {
  en: { name: 'English', words: en, dates: 'en-GB' },
  es: { name: 'Español', words: es, dates: 'es' },
} as const satisfies Readonly<
  Record<Language, { readonly name: string; readonly words: Words; readonly dates: string }>
>;

/** The interface texts of a language; those of the original if a page has no language. */
export function wordsOf(language: Language = ORIGINAL): Words {
  return LANGUAGES[language].words;
}

/** Formats a day, `YYYY-MM-DD`, in a language. */
export function longDate(day: string, language: Language = ORIGINAL): string {
  const { dates } = LANGUAGES[language];
  return new Date(day).toLocaleDateString(dates, { dateStyle: 'long', timeZone: 'UTC' });
}
