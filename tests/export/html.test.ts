import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { load } from 'cheerio';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { filePath } from '../../scripts/export/files.ts';
import { makeHtml } from '../../scripts/export/html/file.ts';
import { lessonsOf } from '../../scripts/export/workshop.ts';
import type { LessonRecording } from '../../src/store/recordings.ts';
import { openBrowser } from '../support/browser.ts';
import { COMMIT, shownSteps, useExports } from '../support/exports.ts';
import { askAll, missed, sectionReader } from '../support/search-answers.ts';
import { ERRORS, knownMessages, MISSPELT, NOTHING, TOPICS } from '../support/search-queries.ts';
import { plain, playToEnd, recordedStep } from '../support/site-page.ts';

/* The workshop as one HTML file. */

const exports = useExports(['html']);
let browser: Browser;
let address: string;
beforeAll(async () => {
  browser = await openBrowser();
  address = pathToFileURL(filePath(exports.dist, 'html')).href;
});
afterAll(() => browser.close());

/** Opens the file without a network; notes all requests, warnings, and errors. */
async function open(hash = ''): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({ offline: true, acceptDownloads: true });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('request', (request) => {
    if (request.url().split('#')[0] !== address) faults.push(`request: ${request.url()}`);
  });
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(message.text());
  });
  page.on('pageerror', ({ message }) => faults.push(message));
  await page.goto(address + hash);
  return { page, faults };
}

test('is the same when it is made again, and names its sources', async () => {
  const text = await readFile(filePath(exports.dist, 'html'), 'utf8');
  expect((await makeHtml(exports.workshop)) === text).toBe(true);
  expect(text).toContain(`commit ${COMMIT}`);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(6 * 2 ** 20);
});

test('plays a cast to its end', async () => {
  const first = exports.lessons[0] as LessonRecording;
  const [step] = shownSteps(first);
  const { id } = first.lesson;
  const context = await browser.newContext({ offline: true });
  const page = await context.newPage();
  await page.clock.install();
  await page.goto(`${address}#${id}.${step?.id ?? ''}`);
  const figure = page.locator(`[id="${step?.id ?? ''}"]`);
  await figure.locator('.play').click();
  await figure.locator('.ap-player').waitFor();
  await playToEnd(page, figure);
  const { screen } = recordedStep(first, step?.id ?? '');
  const last = plain(screen.trimEnd().split('\n').at(-1) ?? '');
  expect(plain((await figure.locator('.ap-term-text').textContent()) ?? '')).toContain(last);
  // A step that was played to its end is ticked.
  expect(await figure.locator('.done').getAttribute('aria-pressed')).toBe('true');
  await context.close();
});

test('finds what the site finds', async () => {
  const { page } = await open();
  await page.evaluate(() => (location.hash = '#run'));
  // Search engines weigh words that are everywhere differently.
  const other = new Set([
    'docker run -it',
    'exit code 127',
    'files owned by root',
    'no space left on device',
    'restart a stopped container',
    'contianer logs',
    'cannot create /data/file: Permission denied',
  ]);
  const queries = [...TOPICS, ...MISSPELT, ...ERRORS, ...(await knownMessages(exports.root))];
  const all = queries.filter(([query]) => !other.has(query));
  const answers = await askAll(
    page,
    all.map(([query]) => query),
  );
  expect(await missed(all, answers, sectionReader(exports.dist))).toEqual([]);
  expect((await askAll(page, NOTHING)).flatMap(({ links }) => links)).toEqual([]);
});

test('works without requests, warnings, and errors: search, theme, progress, every page', async () => {
  const { page, faults } = await open();
  for (const { id } of [...lessonsOf(exports.workshop), ...exports.workshop.reference]) {
    await page.evaluate((hash) => (location.hash = hash), `#${id}`);
    await page.locator(`[data-view="${id}"] h1`).waitFor();
  }
  const [lesson] = exports.lessons;
  const steps = lesson === undefined ? [] : shownSteps(lesson);
  const sought = steps.at(-1);
  // Addresses of the site, typed by hand.
  const typed = `#/lessons/${lesson?.lesson.id ?? ''}/#${sought?.id ?? ''}`;
  await page.evaluate((hash) => (location.hash = hash), typed);
  await page.locator(`[data-view="${lesson?.lesson.id ?? ''}"] h1`).waitFor();
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(0);
  await page.keyboard.press('/');
  await page.locator('.search input').fill(sought?.typed[0] ?? '');
  const hit = page.locator(`.search a[href$="#${lesson?.lesson.id ?? ''}.${sought?.id ?? ''}"]`);
  await hit.click();
  const step = page.locator(`[id="${sought?.id ?? ''}"]`);
  await step.locator('.done').click();
  await step.locator('.play').click();
  await step.locator('.ap-player').waitFor();
  await step.locator('.play').click();
  await step.locator('.about summary:visible').click();
  const saved = page.waitForEvent('download');
  await step.locator('.cast:visible').click();
  expect(await readFile(await (await saved).path(), 'utf8')).toBe(
    lesson && recordedStep(lesson, sought?.id ?? '').cast,
  );
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await page.locator('[data-theme-toggle]').click();
  const dark = await background();
  expect(dark).not.toBe(light);
  // The new page may read what is stored a moment before the old one has written it.
  const reloaded = () => page.reload().then(background);
  await expect.poll(reloaded, { timeout: 30_000 }).toBe(dark);
  expect(await step.locator('.done').getAttribute('aria-pressed')).toBe('true');
  await page.locator('.brand').click();
  expect(await page.locator('[data-progress] [role=status]').textContent()).toContain('1 step');
  expect(faults).toEqual([]);
  await page.context().close();
});

test('Back returns to the previous page, and to the position on it', async () => {
  const { page, faults } = await open();
  const [first, second] = lessonsOf(exports.workshop);
  const start = page.locator('[data-view="_start"]');
  const link = start.locator(`.port [data-lesson="${first?.id ?? ''}"] a`);
  await link.scrollIntoViewIfNeeded();
  const top = await page.evaluate(() => scrollY);
  expect(top).toBeGreaterThan(0);
  const kept = () => page.evaluate(() => (history.state as { top?: number } | null)?.top);
  await expect.poll(kept).toBe(top);
  await link.click();
  await page.locator(`[data-view="${first?.id ?? ''}"] h1`).waitFor();
  expect(await page.evaluate(() => scrollY)).toBe(0);
  await page.locator('a[rel=next]').click();
  await page.locator(`[data-view="${second?.id ?? ''}"] h1`).waitFor();
  await page.goBack();
  await page.locator(`[data-view="${first?.id ?? ''}"] h1`).waitFor();
  await page.goBack();
  await start.waitFor();
  expect(await page.title()).toBe(exports.workshop.title);
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(top);
  await page.goForward();
  await page.locator(`[data-view="${first?.id ?? ''}"] h1`).waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});

test('copies only the command', async () => {
  const { page } = await open(`#${exports.lessons[0]?.lesson.id ?? ''}`);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const command = page.locator('.cmd').first();
  await command.locator('.copy').click();
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  const typed = (await command.locator('kbd').allTextContents()).join('\n');
  await expect.poll(copied).toBe(typed);
  await page.context().close();
});

test('has no dead link, also without scripts', async () => {
  const $ = load(await readFile(filePath(exports.dist, 'html'), 'utf8'));
  const ids = $('[id]')
    .toArray()
    .map((element) => $(element).attr('id') ?? '');
  expect(new Set(ids).size).toBe(ids.length);
  const dead = $('a[href]')
    .toArray()
    .map((link) => $(link).attr('href') ?? '')
    .filter((href) =>
      href.startsWith('#')
        ? !ids.includes(decodeURIComponent(href.slice(1)))
        : !/^https?:/.test(href),
    );
  expect(dead).toEqual([]);
  const loaded = $('[src], link[href]').toArray();
  expect(loaded.filter((element) => !$(element).attr('src')?.startsWith('data:')).length).toBe(0);
});
