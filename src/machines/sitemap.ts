import { glob, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { escapeHtml } from '../screen/html.ts';

/**
 * Writes `sitemap.xml` of a built site: every page that names its own address as the right one for it, so
 * neither what is kept from search engines nor what only repeats another page.
 * @param dist folder of the built site
 * @param home address of its first page
 * @returns the number of pages
 */
export async function writeSitemap(dist: string, home: URL): Promise<number> {
  const pages: string[] = [];
  for await (const file of glob('**/*.html', { cwd: dist })) {
    const html = await readFile(join(dist, file), 'utf8');
    const own = new URL(file.replace(/(^|\/)index\.html$/, '$1'), home).href;
    if (canonicalOf(html) === own) pages.push(own);
  }
  const urls = pages.sort().map((page) => `<url><loc>${escapeHtml(page)}</loc></url>`);
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls.join('\n')}\n</urlset>\n`;
  await writeFile(join(dist, 'sitemap.xml'), xml);
  return pages.length;
}

function canonicalOf(html: string): string | undefined {
  return /<link rel="canonical" href="([^"]*)">/.exec(html)?.[1];
}
