import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { load } from 'cheerio';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { BUDGET, isPlayer, sum, weigh } from '../../scripts/tools/audit/weight.ts';
import { stepsOf } from '../../src/core/lesson/model.ts';
import { SEARCH_WORDS } from '../../src/site/i18n/client/search.ts';
import type { LessonRecording } from '../../src/store/recordings.ts';
import { axeFaults, visitAll, watchFaults, type Faults } from '../support/browser.ts';
import { PHONE, useRealSite, WIDE } from '../support/real-site.ts';
import { askAll, missed, sectionReader } from '../support/search-answers.ts';
import {
  ERRORS,
  knownMessages,
  MISSPELT,
  NOTHING,
  SPANISH,
  TOPICS,
} from '../support/search-queries.ts';
import { openNewest, plain, playToEnd, recordedStep } from '../support/site-page.ts';

/* The site as a reader's browser gets it, built from the lessons and recordings of this
   repository. */

const site = useRealSite();
const { address, open } = site;
let lessons: LessonRecording[];

beforeAll(async () => {
  const files = await readdir(join(site.root, 'content/lessons'));
  const ids = files.filter((file) => file.endsWith('.mdx')).map((file) => basename(file, '.mdx'));
  lessons = await Promise.all(ids.map((id) => openNewest(site.root, id)));
  // The lesson with the most steps comes first: it represents the others where one is enough.
  lessons.sort((a, b) => b.steps.size - a.steps.size);
  expect(lessons.length).toBeGreaterThan(0);
});

/** What a crawler reads of a page. */
interface Crawled {
  readonly ids: readonly string[];
  readonly links: readonly string[];
}

let crawled: Promise<ReadonlyMap<string, Crawled>> | undefined;

/** All pages that links lead to, starting at the first page, by address. */
function crawl(): Promise<ReadonlyMap<string, Crawled>> {
  return (crawled ??= follow());
}

async function follow(): Promise<ReadonlyMap<string, Crawled>> {
  const pages = new Map<string, Crawled>();
  const waiting = [site.url];
  for (const url of waiting) {
    // Recordings and other files are not pages; the test of links looks for them.
    if (pages.has(url) || !url.startsWith(site.url) || !url.endsWith('/')) continue;
    const $ = load(await (await fetch(url)).text());
    const values = (name: string, selector = `[${name}]`) =>
      $(selector)
        .get()
        .map((element) => $(element).attr(name) ?? '');
    const links = values('href', 'a[href]').map((link) => new URL(link, url).href);
    pages.set(url, { ids: values('id'), links });
    waiting.push(...links.map((link) => link.replace(/#.*/, '')));
  }
  return pages;
}

const pathOf = ({ lesson }: LessonRecording) => `lessons/${lesson.id}/`;
const shownSteps = ({ lesson }: LessonRecording) =>
  stepsOf(lesson).filter(({ options }) => !options.hide);

/** A way to open empty pages that share a context. */
async function pagesOf(options: BrowserContextOptions): Promise<() => Promise<Page>> {
  const context = await site.browser.newContext(options);
  return () => context.newPage();
}

/** Opens all lessons, and checks each. */
async function visitLessons(
  open: () => Promise<Page>,
  check: (page: Page, recording: LessonRecording) => Promise<void>,
): Promise<void> {
  const byAddress = new Map(lessons.map((lesson) => [address(pathOf(lesson)), lesson]));
  await visitAll(open, byAddress.keys(), async (page, url) => {
    const recording = byAddress.get(url);
    if (recording !== undefined) await check(page, recording);
  });
}

describe('without JavaScript', () => {
  test('each lesson contains the text of all its screens, and shows no button', async () => {
    const check = async (page: Page, recording: LessonRecording) => {
      const screens = await page
        .locator('.step[id]')
        .evaluateAll((steps) =>
          steps.map((step): [string, string[]] => [
            step.id,
            Array.from(
              step.querySelectorAll('.screen:not([data-pagefind-ignore]) pre'),
              ({ textContent }) => textContent,
            ),
          ]),
        );
      const lines = (blocks: readonly string[]) =>
        blocks
          .flatMap((block) => block.split('\n'))
          .map((line) => `${line.trimEnd()}\n`)
          .join('');
      const shown = Object.fromEntries(screens.map(([id, blocks]) => [id, lines(blocks)]));
      const recorded = shownSteps(recording).map(({ id }) => [
        id,
        recordedStep(recording, id).screen,
      ]);
      expect(shown, recording.lesson.id).toEqual(Object.fromEntries(recorded));
      expect(await page.locator('button:visible').count(), recording.lesson.id).toBe(0);
    };
    await visitLessons(await pagesOf({ javaScriptEnabled: false }), check);
  });
});

describe('a lesson page', () => {
  test('lets readers predict at least three times', () => {
    const few = lessons.flatMap(({ lesson: { id, predictions = [] } }) =>
      predictions.length < 3 ? [`${id}: ${predictions.length}`] : [],
    );
    expect(few).toEqual([]);
  });

  test('every copy button copies exactly its command', async () => {
    // One page at a time, because only the page that has the focus may read the clipboard.
    const page = await open('', { permissions: ['clipboard-read', 'clipboard-write'] });
    for (const recording of lessons) {
      await page.goto(address(pathOf(recording)));
      const copied = await page.locator('.step[id]').evaluateAll(async (steps) => {
        const texts: Record<string, string[]> = {};
        for (const step of steps)
          for (const button of step.querySelectorAll<HTMLElement>(
            '.screen:not([data-pagefind-ignore]) .copy',
          )) {
            await navigator.clipboard.writeText('');
            button.click();
            (texts[step.id] ??= []).push(await navigator.clipboard.readText());
          }
        return texts;
      });
      const typed = shownSteps(recording).map(({ id }) => [
        id,
        recordedStep(recording, id).proof.commands.map((command) => command.typed),
      ]);
      expect(copied, recording.lesson.id).toEqual(Object.fromEntries(typed));
    }
  });

  test('is small', async () => {
    // Some at once, because each is weighed until nothing more is loaded.
    const waiting = [...lessons];
    const weighNext = async (): Promise<void> => {
      const recording = waiting.pop();
      if (recording === undefined) return;
      const context = await site.browser.newContext();
      const page = await context.newPage();
      const weighed = weigh(page);
      await page.goto(address(pathOf(recording)));
      const sizes = await weighed();
      expect(sizes.length, recording.lesson.id).toBeLessThanOrEqual(BUDGET.requests);
      expect(sum(sizes), recording.lesson.id).toBeLessThanOrEqual(BUDGET.bytes);
      await context.close();
      await weighNext();
    };
    await Promise.all([weighNext(), weighNext(), weighNext(), weighNext()]);
  });

  test('plays every cast of every lesson to its end', async () => {
    const watched: Faults[] = [];
    const open = async () => {
      // A context has one clock for all its pages.
      const page = await (await site.browser.newContext()).newPage();
      watched.push(await watchFaults(page, site.url));
      await page.clock.install();
      return page;
    };
    await visitLessons(open, async (page, recording) => {
      const steps = shownSteps(recording);
      expect(steps.length, recording.lesson.id).toBeGreaterThan(0);
      await page
        .locator('details')
        .evaluateAll((all) => all.forEach((details) => details.setAttribute('open', '')));
      for (const { id } of steps) await playStep(page, recording, id);
    });
    for (const faults of watched)
      expect(faults).toEqual({ violations: [], errors: [], foreign: [] });
  });

  async function playStep(page: Page, recording: LessonRecording, id: string): Promise<void> {
    const step = page.locator(`[id="${id}"]`);
    await step.locator('.play').dispatchEvent('click');
    await step.locator('.ap-player').waitFor();
    expect(await step.locator('.toggle').textContent()).toBe('Pause');
    await playToEnd(page, step);
    const last = plain(recordedStep(recording, id).screen.trimEnd().split('\n').at(-1) ?? '');
    expect(plain(await step.locator('.ap-term-text').textContent())).toContain(last);
    await step.locator('.play').dispatchEvent('click');
    expect(await step.locator('.screen').filter({ visible: true }).count()).toBe(1);
    expect(await page.locator('.ap-player').count()).toBe(0);
  }

  test('loads the player on Play, not before, and the player is small', async () => {
    const page = await site.browser.newPage();
    const loaded = weigh(page);
    await page.goto(address(pathOf(lessons[0] as LessonRecording)));
    await loaded();
    const played = weigh(page, isPlayer);
    await page.locator('.play:visible').first().click();
    await page.locator('.ap-player').waitFor();
    const sizes = await played();
    expect(sizes.length).toBeGreaterThan(1);
    expect(sum(sizes)).toBeLessThanOrEqual(BUDGET.player);
    await page.close();
  });

  test('moves nothing by itself if the reader wants no motion', async () => {
    const page = await open('lessons/run/', { reducedMotion: 'reduce' });
    const step = page.locator('#first-run');
    await step.locator('.play').click();
    await step.locator('.ap-player').waitFor();
    const shown = async () => plain(await step.locator('.ap-term-text').textContent());
    // The first command is there with all its output: the terminal is not empty, and does not move.
    await expect.poll(shown).toContain('root@');
    const first = await shown();
    await page.waitForTimeout(1500);
    expect(await shown()).toBe(first);
    expect(await step.locator('.toggle').textContent()).toBe('Resume');
    await step.getByRole('button', { name: 'Next command' }).click();
    await expect.poll(shown).toContain('PRETTY_NAME');
  });
});

describe('all pages', () => {
  /** The rules of axe that check colours. */
  const COLOUR = ['color-contrast', 'link-in-text-block'];
  const screens: [string, BrowserContextOptions, boolean][] = [
    ['on a wide screen', WIDE, false],
    ['on a phone', PHONE, false],
    ['on a wide screen, translated', WIDE, true],
    ['on a phone, translated', PHONE, true],
  ];
  test.each(screens)('pass axe, light or dark: %s', async (_name, options, translated) => {
    const open = await pagesOf({ ...options, bypassCSP: true });
    const all = [...(await crawl()).keys(), address('no-such-page/')];
    const paths = all.filter((path) => path.startsWith(address('es/')) === translated);
    expect(paths.length).toBeGreaterThan(lessons.length);
    await visitAll(open, paths, async (page, path) => {
      expect(await axeFaults(page), path).toEqual([]);
      // Only colours differ.
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await axeFaults(page, COLOUR), `${path}, dark`).toEqual([]);
      await page.emulateMedia({ colorScheme: 'light' });
    });
  });

  test('pass axe with the search and the player open', async () => {
    const page = await open(pathOf(lessons[0] as LessonRecording), { bypassCSP: true });
    await page.locator('.play:visible').first().click();
    await page.locator('.ap-player').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.keyboard.press('Control+k');
    await page.locator('.search input').fill('docker');
    await page.locator('.search li').first().waitFor();
    expect(await axeFaults(page)).toEqual([]);
  });

  test('the search lists the right section among its first three results, and nothing if there is none', async () => {
    const dist = join(site.root, 'dist');
    const page = await open('lessons/run/');
    const all = [...TOPICS, ...MISSPELT, ...ERRORS, ...(await knownMessages(site.root))];
    const answers = await askAll(
      page,
      all.map(([query]) => query),
    );
    expect(await missed(all, answers, sectionReader(dist))).toEqual([]);
    const absent = await askAll(page, NOTHING);
    expect(absent.map(({ links, status }) => [links, status])).toEqual(
      NOTHING.map(() => [[], SEARCH_WORDS.en.found(0, true)]),
    );
    const [corrected] = await askAll(page, ['dockerfle']);
    expect(corrected?.status).toContain(SEARCH_WORDS.en.corrected('dockerfle', 'dockerfile'));
    await page.goto(address('es/lessons/run/'));
    const inSpanish = await askAll(
      page,
      SPANISH.map(([query]) => query),
    );
    expect(await missed(SPANISH, inSpanish, sectionReader(dist, 'es/'))).toEqual([]);
  });

  test('have no dead link, no missing anchor, and no id twice', async () => {
    const pages = await crawl();
    expect(pages.size).toBeGreaterThan(lessons.length);
    const files = new Set<string>();
    for (const [from, { ids, links }] of pages) {
      expect(new Set(ids).size, `ids of ${from}: ${ids.join(' ')}`).toBe(ids.length);
      for (const to of links) {
        const [url = '', id = ''] = to.split('#');
        if (!url.startsWith(site.url)) continue;
        const target = pages.get(url);
        if (target === undefined) files.add(url);
        else if (id !== '')
          expect(target.ids, `${to} in ${from}`).toContain(decodeURIComponent(id));
      }
    }
    expect(files.size).toBeGreaterThan(0);
    for (const url of files) {
      const { status } = await fetch(url, { method: 'HEAD' });
      expect(status, url).toBe(200);
    }
  });

  test('have the theme that the reader chose from their first paint', async () => {
    const page = await open('', { colorScheme: 'light' });
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await background();
    await page.locator('[data-theme-toggle]').click();
    const dark = await background();
    expect(dark).not.toBe(light);
    // Without the script of the page: the theme is set in the head.
    await page.route('**/_astro/*.js', (route) => route.abort());
    await page.goto(address(pathOf(lessons[0] as LessonRecording)));
    expect(await background()).toBe(dark);
  });

  test('include one for addresses that do not exist', async () => {
    const page = await site.browser.newPage();
    const response = await page.goto(address('lessons/no-such-lesson/'));
    expect(response?.status()).toBe(404);
    expect(await page.locator('h1').textContent()).toContain('no page');
    await page.close();
  });
});
