import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { zipSync, strToU8, type Zippable } from 'fflate';
import { escapeHtml } from '../../../src/core/screen/escape.ts';
import { factsLine } from '../facts.ts';
import { CODE_FONTS } from '../fonts.ts';
import { stylesOf } from '../styles.ts';
import { lessonsOf, type Workshop } from '../workshop.ts';
import { chapterOf, document, pictureFile } from './chapter.ts';
import { coverPng } from './cover.ts';
import { navigation, oldNavigation, packageDocument, type BookPart, type Item } from './package.ts';

const XHTML = 'application/xhtml+xml';
const CONTAINER = `<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="EPUB/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
`;

export async function makeEpub(workshop: Workshop): Promise<Uint8Array> {
  const pages = [...lessonsOf(workshop), ...workshop.reference];
  const parts: BookPart[] = [
    ...workshop.parts.map(({ title, lessons }) => ({
      title,
      chapters: lessons.map((page) => {
        const chapter = chapterOf(page, 'article.prose', pages, workshop);
        return { ...chapter, title: `${page.code} · ${page.title}` };
      }),
    })),
    {
      title: 'Reference',
      chapters: workshop.reference.map((page) => chapterOf(page, 'main', pages, workshop)),
    },
  ];
  const items: Item[] = [
    {
      path: 'cover.png',
      type: 'image/png',
      content: coverPng(workshop),
      properties: 'cover-image',
    },
    { path: 'cover.xhtml', type: XHTML, content: coverPage(workshop), read: true },
    {
      path: 'contents.xhtml',
      type: XHTML,
      content: navigation(workshop, parts),
      properties: 'nav',
      read: true,
    },
    ...parts
      .flatMap(({ chapters }) => chapters)
      .map(({ file, xhtml, draws }) => ({
        path: file,
        type: XHTML,
        content: xhtml,
        read: true,
        ...(draws && { properties: 'svg' }),
      })),
    ...(await pictures(parts, workshop)),
    {
      path: 'book.css',
      type: 'text/css',
      content: await bookStyles(),
    },
    ...(await Promise.all(
      CODE_FONTS.map(async ({ file }) => ({
        path: basename(file),
        type: 'font/ttf',
        content: await readFile(file),
      })),
    )),
  ];
  return packed(workshop.facts.date, [
    ['META-INF/container.xml', CONTAINER],
    ['EPUB/book.opf', packageDocument(workshop, items)],
    ['EPUB/toc.ncx', oldNavigation(workshop, parts)],
    ...items.map(({ path, content }) => [`EPUB/${path}`, content] as const),
  ]);
}

/** Values of the custom properties in the sheets of the site, which not every reading app knows. */
const VALUES: Readonly<Record<string, string>> = {
  mono: "'DejaVu Sans Mono', monospace",
  text: 'sans-serif',
  sheet: 'none',
  rim: 'currentColor',
  signal: 'currentColor',
  'term-hot': 'currentColor',
  s: '0.9em',
  d1: '0.3em',
  d2: '0.3em',
  d3: '1em',
};

async function bookStyles(): Promise<string> {
  const styles = await stylesOf(new URL('./book.css', import.meta.url));
  return styles.replace(/var\(--([\w-]+)\)/g, (_all, name: string) => VALUES[name] ?? 'inherit');
}

async function pictures(parts: readonly BookPart[], { dist }: Workshop): Promise<Item[]> {
  const chapters = parts.flatMap((part) => part.chapters);
  const paths = [...new Set(chapters.flatMap((chapter) => chapter.pictures))];
  return Promise.all(
    paths.map(async (path) => ({
      path: pictureFile(path),
      type: 'image/png',
      content: await readFile(join(dist, path)),
    })),
  );
}

function coverPage({ title, facts }: Workshop): string {
  return document(
    title,
    `<section epub:type="cover" class="cover"><img src="cover.png" alt="Cover: ${escapeHtml(title)}. ${escapeHtml(factsLine(facts))}."/><p>${escapeHtml(factsLine(facts))}.</p></section>`,
  );
}

/** Packs the book, with the given day as all times. EPUB requires mimetype first, uncompressed. */
function packed(
  day: string,
  files: readonly (readonly [string, string | Uint8Array])[],
): Uint8Array {
  const [year = 1980, month = 1, date = 1] = day.split('-').map(Number);
  // ZIP stores local times, so a local date gives the same bytes in every time zone.
  const mtime = new Date(year, month - 1, date);
  const zip: Zippable = { mimetype: [strToU8('application/epub+zip'), { level: 0, mtime }] };
  for (const [path, content] of files)
    zip[path] = [typeof content === 'string' ? strToU8(content) : content, { level: 9, mtime }];
  return zipSync(zip);
}
