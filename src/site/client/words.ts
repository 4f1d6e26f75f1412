import { en, type ClientWords } from '../i18n/client/en.ts';
import type { Language } from '../i18n/languages.ts';

/** The words of a page's scripts; loaded if the page is not in English. */
const OTHERS: Readonly<Record<Exclude<Language, 'en'>, () => Promise<ClientWords>>> = {
  es: async () => (await import('../i18n/client/es.ts')).es,
};

let ofPage: ClientWords = en;

/** Loads the words of the page's language; if they cannot be loaded, English is used. */
export async function loadWords(): Promise<void> {
  const language = languageOf(document.documentElement);
  if (language !== 'en') ofPage = await OTHERS[language]().catch(() => en);
}

/** The words for an element, in the language of the page or of an untranslated text in it. */
export function wordsFor(element: Element = document.documentElement): ClientWords {
  return languageOf(element) === 'en' ? en : ofPage;
}

/** The language of an element. */
export function languageOf(element: Element): Language {
  const language = element.closest<HTMLElement>('[lang]')?.lang ?? '';
  return Object.hasOwn(OTHERS, language) ? (language as keyof typeof OTHERS) : 'en';
}
