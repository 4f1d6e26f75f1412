import { en, type ClientWords } from '../i18n/client/en.ts';
import type { Language } from '../i18n/languages.ts';

/** The words that a page's scripts begin with; loaded if they are not those of the lessons. */
const OTHERS: Readonly<Record<Exclude<Language, 'en'>, () => Promise<ClientWords>>> = {
  es: async () => (await import('../i18n/client/es.ts')).es,
};

let ofPage: ClientWords = en;

/** Has the words of the page's language at hand; if they cannot be loaded, the scripts go on in English. */
export async function loadWords(): Promise<void> {
  const language = languageOf(document.documentElement);
  if (language !== 'en') ofPage = await OTHERS[language]().catch(() => en);
}

/** The words for an element: those of the page, or of a text in it that is not translated. */
export function wordsFor(element: Element = document.documentElement): ClientWords {
  return languageOf(element) === 'en' ? en : ofPage;
}

/** The language that an element is in. */
export function languageOf(element: Element): Language {
  const language = element.closest<HTMLElement>('[lang]')?.lang ?? '';
  return Object.hasOwn(OTHERS, language) ? (language as keyof typeof OTHERS) : 'en';
}
