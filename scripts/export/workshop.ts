import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { load, type CheerioAPI } from 'cheerio';
import { inParts } from '../../src/core/lesson/order.ts';
import { foldersOf } from '../../src/store/folders.ts';
import { readLessons } from '../../src/store/lessons.ts';
import { readFacts, type Facts } from './facts.ts';

/** A page of the built site that goes into the files. */
export interface SitePage {
  /** Lesson id, or the name of another page after an underscore, which no lesson id contains. */
  readonly id: string;
  /** Its path on the site, without the base path. */
  readonly path: string;
  readonly title: string;
  readonly html: CheerioAPI;
}

export interface LessonPage extends SitePage {
  /** The code on the box of the lesson, such as `A1`. */
  readonly code: string;
  readonly description: string;
}

export interface Part {
  readonly letter: string;
  readonly title: string;
  readonly lessons: readonly LessonPage[];
}

/** The parts of the built site that go into the files. */
export interface Workshop {
  readonly title: string;
  readonly description: string;
  readonly start: SitePage;
  readonly parts: readonly Part[];
  readonly reference: readonly SitePage[];
  readonly facts: Facts;
  /** Base path of the site, with a slash at both ends. */
  readonly base: string;
  /** Address of the site; undefined if it was built without one. */
  readonly site: string | undefined;
  readonly dist: string;
}

/** Pages other than lessons, in the order of the files. */
const REFERENCE = ['cheat-sheet', 'commands', 'errors', 'glossary', '2014'];

/**
 * Reads the built site. Descriptions of lessons come from their source files.
 * @param root folder of the project
 * @param dist folder of the site that was built from it
 */
export async function readWorkshop(root: string, dist: string): Promise<Workshop> {
  const { lessons } = readLessons(foldersOf(root).content, root);
  const parts = inParts(lessons, ({ id, frontMatter }) => ({ id, ...frontMatter }));
  const start = await readPage(dist, '_start', '');
  const $ = start.html;
  return {
    title: 'You Like Docker',
    description: $('meta[name=description]').attr('content') ?? '',
    start,
    parts: await Promise.all(
      parts.map(async ({ letter, title, lessons }) => ({
        letter,
        title,
        lessons: await Promise.all(
          lessons.map(async ({ code, lesson: { id, frontMatter } }) => {
            const page = await readPage(dist, id, `lessons/${id}/`);
            return { ...page, code, description: frontMatter.description };
          }),
        ),
      })),
    ),
    reference: await Promise.all(REFERENCE.map((name) => readPage(dist, `_${name}`, `${name}/`))),
    facts: await readFacts(root, lessons),
    base: $('html').attr('data-base') ?? '/',
    site: $('link[rel=canonical]').attr('href'),
    dist,
  };
}

/** All lessons in reading order. */
export function lessonsOf({ parts }: Pick<Workshop, 'parts'>): LessonPage[] {
  return parts.flatMap(({ lessons }) => lessons);
}

/** Reads a page of the built site. */
export async function readPage(dist: string, id: string, path: string): Promise<SitePage> {
  const html = load(await readFile(join(dist, path, 'index.html'), 'utf8'));
  return { id, path, html, title: html('h1').first().text().trim() };
}
