import { PDFDocument } from '@cantoo/pdf-lib';
import { access, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { markupErrors } from '../../scripts/tools/audit/markup.ts';
import { stepsOf } from '../../src/core/lesson/model.ts';
import { openReference } from '../../src/store/project.ts';
import { visitAll, watchFaults, type Faults } from '../support/browser.ts';
import { SITE_URL, useRealSite } from '../support/real-site.ts';
import { openNewest, recordedStep } from '../support/site-page.ts';

/* What holds for every page of the site as it is published, at its own address. */

const DOCUMENTATION = new URL('../../docs/security.md', import.meta.url);

const site = useRealSite();
/** The HTML of all pages by path, which is '' for the first page. */
let pages: Map<string, string>;
let lessons: string[];
let translated: string[];

beforeAll(async () => {
  pages = await readPages(join(site.root, 'dist'));
  const files = await readdir(join(site.root, 'content/lessons'), { recursive: true });
  const ids = files.filter((file) => file.endsWith('.mdx')).map((file) => file.slice(0, -4));
  lessons = ids.filter((id) => !id.includes('/'));
  translated = ids.filter((id) => id.includes('/'));
  expect(pages.size).toBeGreaterThan(lessons.length + translated.length);
  expect(lessons.length * translated.length).toBeGreaterThan(0);
});

async function readPages(dist: string): Promise<Map<string, string>> {
  const files = await readdir(dist, { recursive: true });
  const read = files
    .filter((file) => file.endsWith('.html'))
    .map(async (file): Promise<[string, string]> => {
      const path = file.replace(/(^|\/)index\.html$/, '$1').replace(/\.html$/, '/');
      return [path, await readFile(join(dist, file), 'utf8')];
    });
  return new Map(await Promise.all(read));
}

const dist = (path: string) => readFile(join(site.root, 'dist', path), 'utf8');

/** Values of an attribute in all elements that a pattern finds. */
const all = (html: string, pattern: RegExp) =>
  Array.from(html.matchAll(pattern), ([, value = '']) => value.replaceAll('&#39;', "'"));

/** The pages other than lessons that exist in each language. */
const IN_EACH_LANGUAGE = [
  ...['cheat-sheet/', 'errors/', 'recall/'],
  ...['present/', 'teach/', 'teach/participants/'],
];

/** The paths of the pages that are listed for search engines. */
function published(): string[] {
  const languages = new Set(translated.map((id) => `${id.split('/')[0] ?? ''}/`));
  return [
    '',
    ...['2014/', 'commands/', 'downloads/', 'glossary/', ...IN_EACH_LANGUAGE],
    ...languages,
    ...[...languages].flatMap((language) => IN_EACH_LANGUAGE.map((path) => language + path)),
    ...lessons.map((id) => `lessons/${id}/`),
    ...translated.map((id) => `${id.replace('/', '/lessons/')}/`),
  ].sort();
}

describe('in a browser, every page', () => {
  /** Opens every page in a context with these options, and checks each. */
  async function visitPages(
    options: BrowserContextOptions,
    check: (page: Page, address: string) => Promise<void>,
    prepare: (page: Page) => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    const context = await site.browser.newContext(options);
    const open = async () => {
      const page = await context.newPage();
      await prepare(page);
      return page;
    };
    // The status of the page for missing ones would count as an error.
    const paths = [...pages.keys()].map((path) => (path === '404/' ? '404.html' : path));
    await visitAll(open, paths.map(site.address), check);
  }

  test('follows its policy and asks no other origin, also with the search and the player open', async () => {
    const watched = new Map<Page, Faults>();
    const check = async (page: Page, address: string) => {
      const play = page.locator('.play:visible').first();
      // The page's scripts name this button once they listen to all others.
      await page.locator('[data-theme-toggle][title]').waitFor({ state: 'attached' });
      // The presenter's view has no search.
      const search = page.locator('[data-search]:visible').last();
      if ((await search.count()) > 0) {
        await search.click();
        await page.locator('dialog.search[open]').waitFor();
        await page.keyboard.press('Escape');
      }
      if ((await play.count()) > 0) {
        await play.click();
        await page.locator('.ap-player').waitFor();
      }
      expect(watched.get(page), address).toEqual({ violations: [], errors: [], foreign: [] });
    };
    await visitPages({}, check, async (page) => {
      watched.set(page, await watchFaults(page, site.url));
    });
  });

  test('does not scroll sideways on a small phone', async () => {
    await visitPages({ isMobile: true, hasTouch: true }, async (page, address) => {
      for (const width of [320, 390]) {
        await page.setViewportSize({ width, height: 700 });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(wide, `${address} at ${width}`).toBe(width);
      }
    });
  });

  test('hides no text without JavaScript, except what is folded or about scripts', async () => {
    await visitPages({ javaScriptEnabled: false }, async (page, address) => {
      expect(await hiddenTexts(page), address).toEqual([]);
    });
  });
});

test('the cheat sheet is a single page of paper, with every command of the reference', async () => {
  for (const path of ['cheat-sheet/', 'es/cheat-sheet/'])
    for (const format of ['A4', 'Letter']) {
      const page = await site.open(path);
      const pdf = await PDFDocument.load(await page.pdf({ format }));
      expect(pdf.getPageCount(), `${path} on ${format}`).toBe(1);
      await page.close();
    }
  const typed = all(pages.get('cheat-sheet/') ?? '', /<code>(docker[^<]*)<\/code>/g);
  const commands = await openReference(site.root);
  expect(typed.sort()).toEqual(commands?.entries.map(({ command }) => command));
});

/** Texts of a page that are not visible. Evaluating works without the page's own scripts. */
function hiddenTexts(page: Page): Promise<string[]> {
  return page.locator('body').evaluate((body) => {
    // Title and description of a drawing are for readers who do not see it; an open list needs no
    // line that opens it.
    const exceptions =
      '.yard summary, svg title, svg desc, script, details:not([open]), .only-js, .needs-js, .measured [data-for], [data-q] + [data-for], .held[data-for], .plot[data-for], .commands[data-for], .go-on, .less, [data-when=started]';
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
    const hidden: string[] = [];
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      const text = walker.currentNode.textContent?.trim() ?? '';
      if (text === '' || element === null || element.closest(exceptions) !== null) continue;
      if (!element.checkVisibility({ visibilityProperty: true })) hidden.push(text);
    }
    return hidden;
  });
}

test('the Nu HTML checker finds no error on any page', async () => {
  expect(await markupErrors(join(site.root, 'dist'))).toEqual([]);
});

test('the policy of every page is the documented one, except for colours of its own', async () => {
  const documented = /^Content-Security-Policy: (.*); frame-ancestors 'none'$/m.exec(
    await readFile(DOCUMENTATION, 'utf8'),
  )?.[1];
  expect(documented).toBeDefined();
  for (const [path, html] of pages) {
    const [policy = ''] = all(
      html,
      /<meta http-equiv="content-security-policy" content="([^"]*)">/g,
    );
    const own = html.includes('<style>') ? / 'sha256-[^']*'(?=; connect-src)/ : /^$/;
    expect(policy.replace(own, ''), path).toBe(documented);
    expect(html.indexOf('content-security-policy'), path).toBeLessThan(html.indexOf('<script'));
    expect(html, path).not.toMatch(/ (?:style|on[a-z]+)=/);
  }
});

test('the text of a link to another page says where it leads', () => {
  // Texts that Lighthouse rejects (core/audits/seo/link-text.js), if they are one word or
  // "learn more".
  const nothing = /^(?:go|here|information|more|start|this|(?:learn|read|see) more)$/i;
  for (const [path, html] of pages) {
    const texts = all(html, /<a [^>]*href="[^#][^>]*>\s*([^<]+?)\s*<\/a>/g);
    expect(texts.length, path).toBeGreaterThan(2);
    expect(
      texts.filter((text) => nothing.test(text)),
      path,
    ).toEqual([]);
  }
});

describe('for machines', () => {
  test('every page has a title and a description of its own, one heading, and a card', async () => {
    const titles = new Map<string, string>();
    for (const [path, html] of pages) {
      const one = (pattern: RegExp) => {
        const found = all(html, pattern);
        expect(found.length, `${path}: ${pattern.source}`).toBe(1);
        return found[0] ?? '';
      };
      one(/<h1[ >]/g);
      const title = one(/<title>([^<]+)<\/title>/g);
      const description = one(/<meta name="description" content="([^"]+)">/g);
      expect(title, path).toContain(one(/<meta property="og:title" content="([^"]+)">/g));
      expect(one(/<meta property="og:description" content="([^"]+)">/g)).toBe(description);
      expect(html, path).toMatch(/^<!DOCTYPE html><html lang="[a-z]{2}"/);
      if (!published().includes(path)) continue;
      expect(one(/<link rel="canonical" href="([^"]+)">/g)).toBe(SITE_URL + path);
      expect(one(/<meta property="og:url" content="([^"]+)">/g)).toBe(SITE_URL + path);
      expect(titles.get(title + description), `${path} has the same`).toBeUndefined();
      titles.set(title + description, path);
      const card = one(/<meta property="og:image" content="([^"]+)">/g);
      await access(join(site.root, 'dist', card.replace(SITE_URL, '')));
    }
    expect(titles.size).toBe(published().length);
  });

  test('the sitemap lists every page with its other languages, and each of them links back', async () => {
    const sitemap = await dist('sitemap.xml');
    const entries = new Map(
      Array.from(
        sitemap.matchAll(/<url><loc>(.*?)<\/loc>(.*?)<\/url>/g),
        ([, loc = '', rest = '']) => [
          loc.replace(SITE_URL, ''),
          all(rest, /hreflang="[^"]*" href="https:\/\/example\.org\/([^"]*)"/g),
        ],
      ),
    );
    expect([...entries.keys()].sort()).toEqual(published());
    const translations = [...entries].filter(([, languages]) => languages.length > 0);
    expect(translations.map(([path]) => path)).toEqual(
      expect.arrayContaining(translated.map((id) => `${id.replace('/', '/lessons/')}/`)),
    );
    for (const [path, languages] of translations) {
      expect(languages, path).toContain(path);
      for (const other of languages) expect(entries.get(other), other).toEqual(languages);
    }
    expect(await dist('robots.txt')).toBe(
      `User-agent: *\nAllow: /\n\nSitemap: ${SITE_URL}sitemap.xml\n`,
    );
  });

  test('a page that repeats the original names it, and the page for missing ones is not listed', () => {
    const repeated = [...pages].filter(([path]) => !published().includes(path));
    expect(repeated.length).toBeGreaterThan(1);
    for (const [path, html] of repeated) {
      const canonical = all(html, /<link rel="canonical" href="([^"]+)">/g);
      const original = path.replace(/^[a-z]{2}\//, '');
      const isHidden = path === '404/' || path.includes('present/');
      expect(canonical, path).toEqual(isHidden ? [] : [SITE_URL + original]);
      expect(html.includes('content="noindex"'), path).toBe(isHidden);
    }
  });

  test('each lesson is available as Markdown, with every command and the recorded screens', async () => {
    const [index, full] = await Promise.all([dist('llms.txt'), dist('llms-full.txt')]);
    for (const id of lessons) {
      const markdown = await dist(`lessons/${id}.md`);
      const recording = await openNewest(site.root, id);
      for (const step of stepsOf(recording.lesson).filter(({ options }) => !options.hide)) {
        const { screen } = recordedStep(recording, step.id);
        expect(markdown, `${id}#${step.id}`).toContain(`console ${step.id}\n${screen}\`\`\``);
        for (const { lines } of step.commands)
          expect(markdown.replace(/\n> /g, '\n'), `${id}#${step.id}`).toContain(lines.join('\n'));
      }
      expect(full).toContain(markdown.trim());
      expect(index).toContain(`(${SITE_URL}lessons/${id}.md)`);
    }
  });
});
