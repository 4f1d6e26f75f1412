import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheerioAPI } from 'cheerio';
import { escapeHtml } from '../../../src/core/screen/escape.ts';
import { factsLine } from '../facts.ts';
import { follow } from '../links.ts';
import { renameIds } from '../text.ts';
import { lessonsOf, type SitePage, type Workshop } from '../workshop.ts';
import { bundleScript } from './bundle.ts';

/** Parts of a page that occur once in the file, around all pages. */
const FRAME = 'script, style, .skip, .top, .bottom';

/** Makes one HTML file from the site that works without a network and a server. */
export async function makeHtml(workshop: Workshop): Promise<string> {
  const pages = [workshop.start, ...lessonsOf(workshop), ...workshop.reference];
  const casts = new Set<string>();
  const views = pages.map((page) => view(page, pages, workshop, casts));
  const [styles, script, data] = await Promise.all([
    styleSheets(pages, workshop),
    bundleScript(),
    Promise.all([...casts].map((path) => castScript(path, workshop))),
  ]);
  const $ = workshop.start.html;
  const early = $('head > script:not([src])').first().html() ?? '';
  const names = ['data-engine', 'data-engines'];
  const attributes = names.flatMap((name) => {
    const value = $('html').attr(name);
    return value === undefined ? [] : [` ${name}="${escapeHtml(value)}"`];
  });
  const main = script.replace(/<(?=\/script|!--)/gi, String.raw`\x3c`);
  const frame = (selector: string) => {
    const part = $(selector).first().clone();
    rewriteLinks(part, workshop.start, pages, workshop, casts);
    return part;
  };
  const foot = frame('.bottom');
  foot.append($('<p>').text(`${factsLine(workshop.facts)}.`));
  return `<!doctype html>
<html lang="en"${attributes.join('')}>
<head>
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="${policy([early, main])}">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
${$.html($('meta[name=theme-color]'))}
<meta name="description" content="${escapeHtml(workshop.description)}">
<title>${escapeHtml(workshop.title)}</title>
<script>${early}</script>
<style>${styles}</style>
</head>
<body data-moved="${escapeHtml($('body').attr('data-moved') ?? '')}">
${$.html(frame('.top'))}
${views.join('\n')}
${$.html(foot)}
${data.join('\n')}
<script>${main}</script>
</body>
</html>
`;
}

function view(
  page: SitePage,
  pages: readonly SitePage[],
  workshop: Workshop,
  casts: Set<string>,
): string {
  const $ = page.html;
  const body = $('body').clone();
  body.children(FRAME).remove();
  renameIds($, body, (id) => `${page.id}.${id}`);
  rewriteLinks(body, page, pages, workshop, casts);
  const title = page.id === '_start' ? workshop.title : `${page.title} · ${workshop.title}`;
  return `<div data-view="${page.id}" data-title="${escapeHtml(title)}" id="${page.id}">${body.html() ?? ''}</div>`;
}

/** Points links, pictures and casts into the file, or at the site. Unlinks what is in neither. */
function rewriteLinks(
  part: ReturnType<CheerioAPI>,
  page: SitePage,
  pages: readonly SitePage[],
  workshop: Workshop,
  casts: Set<string>,
): void {
  const $ = page.html;
  const cast = (href: string) => {
    const path = new RegExp(`^${workshop.base}recordings/(.+)\\.cast$`).exec(href)?.[1];
    if (path !== undefined) casts.add(path);
    return path;
  };
  part.find('img[src]').each((_, picture) => {
    const path = ($(picture).attr('src') ?? '').slice(workshop.base.length);
    const data = readFileSync(join(workshop.dist, path), 'base64');
    $(picture).attr('src', `data:image/png;base64,${data}`);
  });
  part.find('[data-cast]').each((_, step) => {
    const path = cast($(step).attr('data-cast') ?? '');
    if (path !== undefined) $(step).attr('data-cast', `#cast.${path}`);
  });
  part.find('a[href]').each((_, link) => {
    const href = $(link).attr('href') ?? '';
    const path = cast(href);
    if (path !== undefined) {
      $(link).attr('href', `#cast.${path}`);
      return;
    }
    const target = follow(href, page, pages, workshop);
    if (target.kind === 'page')
      $(link).attr(
        'href',
        `#${target.page.id}${target.anchor && `.${encodeURIComponent(target.anchor)}`}`,
      );
    else if (target.kind === 'address') $(link).attr('href', target.href);
    else if ($(link).closest('nav, .foot, .languages, .progress').length > 0) $(link).remove();
    else $(link).replaceWith($('<span>').append($(link).contents()));
  });
}

/** The style sheets of all pages, each once, and the inline styles of single pages. */
async function styleSheets(pages: readonly SitePage[], { dist, base }: Workshop): Promise<string> {
  const files = new Set<string>();
  const rules = new Set<string>();
  for (const { html: $ } of pages) {
    for (const sheet of $('head > link[rel=stylesheet]')) files.add($(sheet).attr('href') ?? '');
    for (const style of $('head > style')) rules.add($(style).text());
  }
  const sheets = await Promise.all(
    [...files].map((href) => readFile(join(dist, href.slice(base.length)), 'utf8')),
  );
  const own = await readFile(new URL('./offline.css', import.meta.url), 'utf8');
  return [...sheets, ...rules, own].join('\n').replaceAll('</style', String.raw`<\/style`);
}

/** A cast as a data block. In JSON, `<` can only occur in a string, so it can be escaped. */
async function castScript(path: string, { dist }: Workshop): Promise<string> {
  const text = await readFile(join(dist, 'recordings', `${path}.cast`), 'utf8');
  const data = text.trimEnd().replaceAll('<', String.raw`\u003c`);
  return `<script type="application/x-asciicast" id="cast.${path}">\n${data}\n</script>`;
}

/** A policy under which neither a mistake nor the content of a recording can load anything. */
function policy(scripts: readonly string[]): string {
  const hashes = scripts.map(
    (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
  );
  return [
    "default-src 'none'",
    `script-src 'wasm-unsafe-eval' ${hashes.join(' ')}`,
    "style-src 'unsafe-inline' data:",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
