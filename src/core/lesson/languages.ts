/** The languages in which lessons are published, as BCP 47 tags. */
export const LANGUAGE_TAGS = ['en', 'es'] as const;

/** A language tag as used in addresses, `lang` attributes and translation folders. */
export type Language = (typeof LANGUAGE_TAGS)[number];

/** The language in which lessons are written. */
export const ORIGINAL: Language = 'en';

/** The languages into which lessons can be translated. */
export const TRANSLATIONS: readonly Language[] = LANGUAGE_TAGS.filter((tag) => tag !== ORIGINAL);
