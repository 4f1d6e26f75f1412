import { glob, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { escapeHtml } from '../../core/screen/escape.ts';

/**
 * Writes `sitemap.xml` for a built site: every page whose canonical address is its own, with its
 * other languages. This excludes pages that are kept out of search engines and duplicates of other
 * pages.
 * @param dist folder of the built site
 * @param home address of the start page
 * @returns the number of pages
 */
export async function writeSitemap(dist: string, home: URL): Promise<number> {
  const entries = new Map<string, string>();
  for await (const file of glob('**/*.html', { cwd: dist })) {
    const html = await readFile(join(dist, file), 'utf8');
    const own = new URL(file.replace(/(^|\/)index\.html$/, '$1'), home).href;
    if (canonicalOf(html) === own) entries.set(own, entry(own, html));
  }
  const urls = [...entries.keys()].sort().map((own) => entries.get(own) ?? '');
  const xml = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ...urls,
    '</urlset>',
    '',
  ];
  await writeFile(join(dist, 'sitemap.xml'), xml.join('\n'));
  return entries.size;
}

function entry(page: string, html: string): string {
  const languages = Array.from(
    html.matchAll(/<link rel="alternate" hreflang="([^"]*)" href="([^"]*)">/g),
    ([, language = '', href = '']) =>
      `<xhtml:link rel="alternate" hreflang="${language}" href="${href}"/>`,
  );
  return `<url><loc>${escapeHtml(page)}</loc>${languages.join('')}</url>`;
}

function canonicalOf(html: string): string | undefined {
  return /<link rel="canonical" href="([^"]*)">/.exec(html)?.[1];
}
