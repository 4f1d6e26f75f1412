import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { frontMatterSchema } from './lesson/schema.ts';
import { translationSchema } from './lesson/translation.ts';

/** The lessons: one file of this folder each. Translations stand in folders of their own. */
const lessons = defineCollection({
  loader: glob({ base: 'content/lessons', pattern: '*.mdx' }),
  schema: frontMatterSchema,
});

/** The translations, by language and lesson: `es/run`. */
const translations = defineCollection({
  loader: glob({ base: 'content/lessons', pattern: '*/*.mdx' }),
  schema: translationSchema,
});

export const collections = { lessons, translations };
