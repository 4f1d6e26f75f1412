import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { fileURLToPath } from 'node:url';
import { frontMatterSchema } from '../core/lesson/schema.ts';
import { translationSchema } from '../core/lesson/translation.ts';
import { foldersOf } from '../store/folders.ts';
import { translatedLanguages } from '../store/translations.ts';

const base = foldersOf('').content;

/** The lessons: one file each in this folder. Translations are in subfolders. */
const lessons = defineCollection({
  loader: glob({ base, pattern: '*.mdx' }),
  schema: frontMatterSchema,
});

const translated = glob({ base, pattern: '*/*.mdx' });

/** The translations, by language and lesson: `es/run`. */
const translations = defineCollection({
  loader: {
    ...translated,
    // The loader warns if it finds nothing, but a workshop may have no translations.
    load: async (context) => {
      if (translatedLanguages(fileURLToPath(context.config.root)).length > 0)
        await translated.load(context);
    },
  },
  schema: translationSchema,
});

export const collections = { lessons, translations };
