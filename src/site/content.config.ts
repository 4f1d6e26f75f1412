import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { fileURLToPath } from 'node:url';
import { frontMatterSchema } from '../core/lesson/schema.ts';
import { translationSchema } from '../core/lesson/translation.ts';
import { foldersOf } from '../store/folders.ts';
import { translatedLanguages } from '../store/translations.ts';

const base = foldersOf('').content;

/** The lessons: one file of this folder each. Translations stand in folders of their own. */
const lessons = defineCollection({
  loader: glob({ base, pattern: '*.mdx' }),
  schema: frontMatterSchema,
});

const translated = glob({ base, pattern: '*/*.mdx' });

/** The translations, by language and lesson: `es/run`. */
const translations = defineCollection({
  loader: {
    ...translated,
    // The loader warns where it finds nothing; a workshop without translations is in order.
    load: async (context) => {
      if (translatedLanguages(fileURLToPath(context.config.root)).length > 0)
        await translated.load(context);
    },
  },
  schema: translationSchema,
});

export const collections = { lessons, translations };
