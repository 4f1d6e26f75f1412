import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { frontMatterSchema } from './lesson/schema.ts';

/** The lessons: one file of this folder each. Translations stand in folders of their own. */
const lessons = defineCollection({
  loader: glob({ base: 'content/lessons', pattern: '*.mdx' }),
  schema: frontMatterSchema,
});

export const collections = { lessons };
