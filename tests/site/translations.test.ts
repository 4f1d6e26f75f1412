import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveSite, type Served } from '../../scripts/site/build.ts';
import { en } from '../../src/site/i18n/client/en.ts';
import { es } from '../../src/site/i18n/client/es.ts';
import { PLAYER_WORDS } from '../../src/site/i18n/client/player.ts';
import { PROGRESS_WORDS } from '../../src/site/i18n/client/progress.ts';
import { SEARCH_WORDS } from '../../src/site/i18n/client/search.ts';
import { es as words } from '../../src/site/i18n/es.ts';
import { parseLesson } from '../../src/core/lesson/parse.ts';
import { proseHash } from '../../src/core/lesson/translation.ts';
import { openBrowser } from '../support/browser.ts';
import { copyProject, freePort, type Project } from '../../scripts/tools/fixtures/project.ts';

/* Lessons in another language, as a reader sees them. */

const STEP = '```console one\n$ uname\n$ uname -a\n```\n';
const ORIGINAL = `---\ntitle: A lesson\ndescription: For a test.\n---\n\nLook.\n\n${STEP}`;
const translation = (hash: string) =>
  `---\ntitle: Una lección\ndescription: Para una prueba.\ntranslates: ${hash}\n---\n\nMira.\n\n${STEP}`;

let browser: Browser;
let project: Project;
let site: Served;

beforeAll(async () => {
  browser = await openBrowser();
  project = await copyProject('none');
  const { lesson } = parseLesson(ORIGINAL, 'content/lessons/now.mdx');
  if (lesson === undefined) throw new Error('the lesson of this test cannot be read');
  const hash = await proseHash({ lesson, text: ORIGINAL });
  for (const id of ['now', 'late', 'never'])
    await project.addLesson(id, ORIGINAL, { one: ['Linux\r\n', 'Linux lab\r\n'] });
  await project.addLesson('es/now', translation(hash));
  await project.addLesson('es/late', translation('sha256:0123456789abcdef'));
  expect(await project.build()).toEqual({ status: 0, output: '' });
  site = await serveSite({ port: await freePort(), root: project.root });
});

afterAll(async () => {
  await browser.close();
  await site.close();
  await project.remove();
});

async function open(path: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(new URL(path, site.url).href);
  await page.locator('.play').waitFor();
  return page;
}

test('a translation that lags its original says so, and leads to it; another does not', async () => {
  const late = await open('es/lessons/late/');
  expect(await late.locator('.languages').innerText()).toContain(words.translation.lags);
  await late.getByText(words.translation.original).click();
  await late.waitForURL(new URL('lessons/late/', site.url).href);
  const now = await open('es/lessons/now/');
  expect(await now.locator('.languages').innerText()).toBe('English');
  await Promise.all([late, now].map((page) => page.context().close()));
});

test('a lesson that is not translated is shown as it is, with a note, in its own language', async () => {
  const page = await open('es/lessons/never/');
  expect(await page.locator('.languages').innerText()).toContain(words.translation.missing);
  expect(await page.locator('html').getAttribute('lang')).toBe('es');
  expect(await page.locator('article').getAttribute('lang')).toBe('en');
  // What scripts add to the text speaks its language, what they add to the page that of the page.
  expect(await page.locator('.play').textContent()).toBe(en.play.open);
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: SEARCH_WORDS.es.name }).waitFor();
  await page.context().close();
});

test('what scripts add to a translation is translated', async () => {
  const page = await open('es/lessons/now/');
  await page.locator('.play').click();
  await page.locator('.stage-bar').waitFor();
  // A recording that was made up is over at once.
  const toggle = page.locator('.stage-bar .toggle');
  await expect.poll(() => toggle.textContent()).toBe(PLAYER_WORDS.es.replay);
  await page.keyboard.press('Control+k');
  await page.locator('.search input').fill('uname');
  await page.locator('.search li').first().waitFor();
  const said = await page
    .locator(':is(button, [role=status], [aria-label], label)')
    .evaluateAll((all) =>
      all.flatMap((element): (string | null)[] => [
        element.textContent,
        element.getAttribute('aria-label'),
      ]),
    );
  expect(said).toContain(PLAYER_WORDS.es.name('one'));
  for (const here of [
    es.copy.one,
    es.copy.all,
    es.copy.commands,
    es.play.close,
    es.progress.ticked('one'),
  ])
    expect(said).toContain(here);
  expect(said).toContain(es.copy.command('uname -a'));
  expect(said).toContain(SEARCH_WORDS.es.name);
  const english = [en.copy, en.play, en.progress, PLAYER_WORDS.en, SEARCH_WORDS.en]
    .flatMap((group): unknown[] => Object.values(group))
    .filter((word) => typeof word === 'string' && word !== '');
  expect(said.filter((text) => english.includes(text))).toEqual([]);
  await page.context().close();
});

test('the first page of a translation tells how far a reader is', async () => {
  const page = await open('es/lessons/now/');
  await page.locator('#one .done').click();
  await page.goto(new URL('es/', site.url).href);
  const panel = page.locator('[data-progress]');
  const said = panel.locator('[role=status]');
  await expect.poll(() => said.textContent()).toBe(PROGRESS_WORDS.es.some(1, 3, 1));
  expect(await panel.locator('h2').textContent()).toBe(words.progress.title);
  await panel.getByText(words.progress.erase).click();
  await panel.getByText(PROGRESS_WORDS.es.sure).click();
  await expect.poll(() => said.textContent()).toBe(PROGRESS_WORDS.es.erased);
  const file = { name: 'other.json', mimeType: 'application/json', buffer: Buffer.from('[]') };
  await panel.locator('[data-import]').setInputFiles(file);
  await expect.poll(() => said.textContent()).toBe(PROGRESS_WORDS.es.refused({ kind: 'notOurs' }));
  await page.context().close();
});
