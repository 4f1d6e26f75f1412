import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BUDGET, sum, weigh } from '../../scripts/tools/audit/weight.ts';
import { serveSite, type Served } from '../../scripts/site/build.ts';
import { SEARCH_WORDS } from '../../src/site/i18n/client/search.ts';
import { stepsOf } from '../../src/core/lesson/model.ts';
import { openLesson } from '../../src/store/project.ts';
import type { LessonRecording } from '../../src/store/recordings.ts';
import { recordingPaths } from '../../src/core/recording/paths.ts';
import { axeFaults, openBrowser, sideBySide, watchFaults } from '../support/browser.ts';
import { freePort, readRecording } from '../../scripts/tools/fixtures/project.ts';
import { realSite } from '../support/real-site.ts';
import { askAll, missed, sectionReader } from '../support/search-answers.ts';
import { ERRORS, MISSPELT, NOTHING, SPANISH, TOPICS } from '../support/search-queries.ts';

/* The site as a reader's browser gets it, built from the lessons and the recordings of this
   repository. */

let browser: Browser;
let project: Awaited<ReturnType<typeof realSite>>;
let site: Served;
let lessons: LessonRecording[];

beforeAll(async () => {
  browser = await openBrowser();
  project = await realSite();
  site = await serveSite({ port: await freePort(), root: project.root });
  const files = await readdir(join(project.root, 'content/lessons'));
  const ids = files.filter((file) => file.endsWith('.mdx')).map((file) => basename(file, '.mdx'));
  lessons = await Promise.all(ids.map((id) => openLesson(project.root, id)));
  // The lesson with the most steps comes first: it stands for the others where one is enough.
  lessons.sort((a, b) => b.steps.size - a.steps.size);
  expect(lessons.length).toBeGreaterThan(0);
});

afterAll(async () => {
  await browser.close();
  await site.close();
});

/** Opens a page of the site. */
async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto(new URL(path, site.url).href);
  return page;
}

const address = (path: string) => new URL(path, site.url).href;

/** A page of the site, as a crawler finds it. */
interface Crawled {
  readonly ids: readonly string[];
  readonly links: readonly string[];
}

let crawled: Promise<ReadonlyMap<string, Crawled>> | undefined;

/** All pages that links lead to, from the first one on, by address. */
function crawl(): Promise<ReadonlyMap<string, Crawled>> {
  return (crawled ??= follow());
}

async function follow(): Promise<ReadonlyMap<string, Crawled>> {
  const pages = new Map<string, Crawled>();
  const page = await open('', { javaScriptEnabled: false });
  const waiting = [site.url];
  for (const url of waiting) {
    // Recordings and other files are no pages; whether they are there is looked up where links are.
    if (pages.has(url) || !url.startsWith(site.url) || !url.endsWith('/')) continue;
    await page.goto(url);
    const [ids, links] = await Promise.all([
      page.locator('[id]').evaluateAll((all) => all.map(({ id }) => id)),
      page.locator('a').evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).href)),
    ]);
    pages.set(url, { ids, links });
    waiting.push(...links.map((link) => link.replace(/#.*/, '')));
  }
  await page.context().close();
  return pages;
}

/** Without blanks: the player puts each run of a line at a place of its own. */
const plain = (text: string) => text.replace(/\s+/g, '');

const pathOf = ({ lesson }: LessonRecording) => `lessons/${lesson.id}/`;
const shownSteps = ({ lesson }: LessonRecording) =>
  stepsOf(lesson).filter(({ options }) => !options.hide);

describe('without JavaScript', () => {
  test('the text of every screen stands in the page, and no button is dead', async () => {
    for (const recording of lessons) {
      const page = await open(pathOf(recording), { javaScriptEnabled: false });
      for (const { id } of shownSteps(recording)) {
        const blocks = await page.locator(`[id="${id}"] .screen pre`).allTextContents();
        const text = await readRecording(project, recordingPaths.screen(recording.lesson.id, id));
        const lines = blocks
          .join('\n')
          .split('\n')
          .map((line) => line.trimEnd());
        expect(`${lines.join('\n')}\n`, `${recording.lesson.id}#${id}`).toBe(text);
      }
      for (const button of await page.locator('button').all())
        expect(await button.isVisible()).toBe(false);
      await page.context().close();
    }
  });
});

describe('a lesson page', () => {
  test('every copy button copies exactly its command', async () => {
    for (const recording of lessons) {
      const page = await open(pathOf(recording), {
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      await page.evaluate(() =>
        document.querySelectorAll('details').forEach((details) => (details.open = true)),
      );
      for (const { id } of shownSteps(recording)) {
        const step = recording.steps.get(id);
        if (step?.state !== 'recorded') throw new Error(`${id} is ${step?.state ?? 'unknown'}`);
        const copied = await page
          .locator(`[id="${id}"] .cmd .copy`)
          .evaluateAll(async (buttons) => {
            const texts: string[] = [];
            for (const button of buttons) {
              await navigator.clipboard.writeText('');
              (button as HTMLButtonElement).click();
              texts.push(await navigator.clipboard.readText());
            }
            return texts;
          });
        const typed = step.proof.commands.map((command) => command.typed);
        expect(copied, `${recording.lesson.id}#${id}`).toEqual(typed);
      }
      await page.context().close();
    }
  });

  test('weighs little', async () => {
    await sideBySide(lessons, async (recording) => {
      const context = await browser.newContext();
      const page = await context.newPage();
      const weighed = weigh(page);
      await page.goto(new URL(pathOf(recording), site.url).href);
      const sizes = await weighed();
      expect(sizes.length, recording.lesson.id).toBeLessThanOrEqual(BUDGET.requests);
      expect(sum(sizes), recording.lesson.id).toBeLessThanOrEqual(BUDGET.bytes);
      await context.close();
    });
  });

  test('Play plays every cast of every lesson to its end', async () => {
    await sideBySide(lessons, playAll);
  });

  async function playAll(recording: LessonRecording): Promise<void> {
    const context = await browser.newContext();
    const page = await context.newPage();
    const faults = await watchFaults(page, site.url);
    await page.clock.install();
    await page.goto(new URL(pathOf(recording), site.url).href);
    await page.evaluate(() =>
      document.querySelectorAll('details').forEach((details) => (details.open = true)),
    );
    const steps = shownSteps(recording);
    expect(steps.length, recording.lesson.id).toBeGreaterThan(0);
    for (const { id } of steps) {
      const step = page.locator(`[id="${id}"]`);
      await step.locator('.play').click();
      await step.locator('.ap-player').waitFor();
      const toggle = step.locator('.stage-bar button').first();
      expect(await toggle.textContent()).toBe('Pause');
      // Leaping costs a frame where running costs hundreds; all that was printed meanwhile is
      // played.
      const ended = async () => {
        await page.clock.fastForward(5000);
        return toggle.textContent();
      };
      await expect.poll(ended, { timeout: 60_000, message: `${id} ends` }).toBe('Replay');
      await page.clock.runFor(100); // what has been played is drawn
      const text = await readRecording(project, recordingPaths.screen(recording.lesson.id, id));
      const last = plain(text.trimEnd().split('\n').at(-1) ?? '');
      expect(plain((await step.locator('.ap-term-text').textContent()) ?? '')).toContain(last);
      await step.locator('.play').click();
      expect(await step.locator('.screen').isVisible()).toBe(true);
      expect(await page.locator('.ap-player').count()).toBe(0);
    }
    expect(faults).toEqual({ violations: [], errors: [], foreign: [] });
    await context.close();
  }

  test('loads the player on Play, not before, and it is small', async () => {
    const page = await open(pathOf(lessons[0] as LessonRecording));
    await page.waitForLoadState('networkidle');
    const weighed = weigh(page);
    await page.locator('.play').first().click();
    await page.locator('.ap-player').waitFor();
    const sizes = await weighed();
    expect(sizes.length).toBeGreaterThan(1);
    expect(sum(sizes)).toBeLessThanOrEqual(BUDGET.player);
    await page.context().close();
  });

  test('moves nothing by itself where the reader wants no motion', async () => {
    const page = await open(pathOf(lessons[0] as LessonRecording), { reducedMotion: 'reduce' });
    await page.goto(address('lessons/run/'));
    const step = page.locator('#first-run');
    await step.locator('.play').click();
    await step.locator('.ap-player').waitFor();
    const shown = async () => plain((await step.locator('.ap-term-text').textContent()) ?? '');
    // The first command is there, with all that it printed: no empty terminal, and nothing that
    // moves.
    await expect.poll(shown).toContain('root@');
    const first = await shown();
    await page.waitForTimeout(1500);
    expect(await shown()).toBe(first);
    expect(await step.locator('.toggle').textContent()).toBe('Resume');
    await step.getByRole('button', { name: 'Next command' }).click();
    await expect.poll(shown).toContain('PRETTY_NAME');
    await page.context().close();
  });
});

describe('all pages', () => {
  /** The rules of axe that look at colours. */
  const COLOUR = ['color-contrast', 'link-in-text-block'];
  const screens: [string, BrowserContextOptions][] = [
    ['on a wide screen', {}],
    ['on a phone', { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }],
  ];
  test.each(screens)('axe finds nothing, light or dark: %s', async (_name, options) => {
    const context = await browser.newContext({ ...options, bypassCSP: true });
    const paths = [...(await crawl()).keys(), address('no-such-page/')];
    await sideBySide(paths, async (path) => {
      const page = await context.newPage();
      await page.emulateMedia({ colorScheme: 'light' });
      await page.goto(path);
      expect(await axeFaults(page), path).toEqual([]);
      // Only the colours are others.
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await axeFaults(page, COLOUR), `${path}, dark`).toEqual([]);
      await page.close();
    });
    await context.close();
  });

  test('axe finds nothing in the open search and the open player', async () => {
    const page = await open(pathOf(lessons[0] as LessonRecording), { bypassCSP: true });
    await page.locator('.play').first().click();
    await page.locator('.ap-player').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.keyboard.press('Control+k');
    await page.locator('.search input').fill('docker');
    await page.locator('.search li').first().waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.context().close();
  });

  test('the search has the right section among its first three results, and nothing for what is not here', async () => {
    const dist = join(project.root, 'dist');
    const page = await open('lessons/run/');
    const all = [...TOPICS, ...MISSPELT, ...ERRORS];
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
    await page.context().close();

    const spanish = await open('es/lessons/run/');
    const inSpanish = await askAll(
      spanish,
      SPANISH.map(([query]) => query),
    );
    expect(await missed(SPANISH, inSpanish, sectionReader(dist, 'es/'))).toEqual([]);
    await spanish.context().close();
  });

  test('no link is dead, no anchor missing, no id there twice', async () => {
    const pages = await crawl();
    expect(pages.size).toBeGreaterThan(lessons.length);
    for (const [from, { ids, links }] of pages) {
      expect(new Set(ids).size, `ids of ${from}: ${ids.join(' ')}`).toBe(ids.length);
      for (const to of links) {
        const [url = '', id = ''] = to.split('#');
        if (!url.startsWith(site.url)) continue;
        const target = pages.get(url);
        if (target === undefined) {
          const { status } = await fetch(url, { method: 'HEAD' });
          expect(status, `${to} in ${from}`).toBe(200);
        } else if (id !== '')
          expect(target.ids, `${to} in ${from}`).toContain(decodeURIComponent(id));
      }
    }
  });

  test('the theme that a reader chose holds on the next page, from its first paint', async () => {
    const page = await open('', { colorScheme: 'light' });
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    await page.locator('[data-theme-toggle]').click();
    const dark = await ground();
    expect(dark).not.toBe(light);
    // Without the page's script: what sets the theme stands in the head.
    await page.route('**/_astro/*.js', (route) => route.abort());
    await page.goto(new URL(pathOf(lessons[0] as LessonRecording), site.url).href);
    expect(await ground()).toBe(dark);
    await page.context().close();
  });

  test('a page that is not there says so', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const response = await page.goto(new URL('lessons/no-such-lesson/', site.url).href);
    expect(response?.status()).toBe(404);
    expect(await page.locator('h1').textContent()).toContain('no page');
    await context.close();
  });
});
