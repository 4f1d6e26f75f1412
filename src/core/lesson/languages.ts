/** The languages that lessons are published in, by their tags (BCP 47). */
export const LANGUAGE_TAGS = ['en', 'es'] as const;

/** A language by its tag, as addresses, `lang` attributes and folders of translations have it. */
export type Language = (typeof LANGUAGE_TAGS)[number];

/** The language of the lessons as they are written. */
export const ORIGINAL: Language = 'en';

/** The languages that lessons can be translated into. */
export const TRANSLATIONS: readonly Language[] = LANGUAGE_TAGS.filter((tag) => tag !== ORIGINAL);
