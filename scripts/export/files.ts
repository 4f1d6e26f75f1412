import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LANGUAGE_TAGS, ORIGINAL } from '../../src/core/lesson/languages.ts';

export const FORMATS = ['pdf', 'handout', 'teacher', 'epub', 'html'] as const;
export type Format = (typeof FORMATS)[number];

/** How the file names end, and the media types (IANA). */
const FILES: Readonly<Record<Format, readonly [ending: string, type: string]>> = {
  pdf: ['.pdf', 'application/pdf'],
  handout: ['-handout.pdf', 'application/pdf'],
  teacher: ['-teacher.pdf', 'application/pdf'],
  epub: ['.epub', 'application/epub+zip'],
  html: ['.html', 'text/html'],
};

/** The folder of the downloads in the built site. */
const FOLDER = 'downloads';

/** The pages that link them: one for readers, and one for teachers in each language. */
const PAGES = [
  FOLDER,
  ...LANGUAGE_TAGS.map((language) => (language === ORIGINAL ? 'teach' : `${language}/teach`)),
];

export function fileName(format: Format): string {
  return `you-like-docker${FILES[format][0]}`;
}

/** Whether a file is printed by a browser. */
export function isPrinted(format: Format): boolean {
  return FILES[format][1] === 'application/pdf';
}

export function filePath(dist: string, format: Format): string {
  return join(dist, FOLDER, fileName(format));
}

export async function writeExport(
  dist: string,
  format: Format,
  content: string | Uint8Array,
): Promise<void> {
  await mkdir(join(dist, FOLDER), { recursive: true });
  const path = filePath(dist, format);
  // The site may be served meanwhile.
  await writeFile(`${path}.new`, content);
  await rename(`${path}.new`, path);
}

/** Reads the files that exist in the built site. */
export async function readExports(dist: string): Promise<Map<Format, Uint8Array>> {
  const files = new Map<Format, Uint8Array>();
  for (const format of FORMATS) {
    const content = await readFile(filePath(dist, format)).catch(() => undefined);
    if (content !== undefined) files.set(format, content);
  }
  return files;
}

/**
 * Links the files that exist from the pages that mention them, each with its size. For a missing
 * file, the pages keep telling how to make it.
 */
export async function linkExports(dist: string): Promise<void> {
  const pages = PAGES.map((page) => join(dist, page, 'index.html'));
  // Not every project is translated.
  for (const page of pages) if (existsSync(page)) await linkFrom(page, dist);
}

async function linkFrom(page: string, dist: string): Promise<void> {
  let html = await readFile(page, 'utf8');
  const [, base = '/'] = /<html[^>]* data-base="([^"]*)"/.exec(html) ?? [];
  for (const format of FORMATS) {
    const size = await sizeOf(filePath(dist, format));
    if (size === undefined) continue;
    const link = `<a href="${base}${FOLDER}/${fileName(format)}" download hreflang="${ORIGINAL}" type="${FILES[format][1]}">${fileName(format)}</a> ${size}`;
    html = html.replace(
      new RegExp(`(<span data-file="${format}">)[^]*?(</span>)`),
      (_all, before: string, after: string) => before + link + after,
    );
  }
  await writeFile(`${page}.new`, html);
  await rename(`${page}.new`, page);
}

/** The size of a file in human-readable form; undefined if there is no file. */
export async function sizeOf(path: string): Promise<string | undefined> {
  const size = (await stat(path).catch(() => undefined))?.size;
  if (size === undefined) return undefined;
  return size < 1e6 ? `${Math.ceil(size / 1e3)} kB` : `${(size / 1e6).toFixed(1)} MB`;
}
