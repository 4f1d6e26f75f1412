import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveSite, type Served } from '../../scripts/site/build.ts';
import { copyProject, freePort, type Project } from '../../scripts/tools/fixtures/project.ts';
import { parseLesson } from '../../src/core/lesson/parse.ts';
import { proseHash } from '../../src/core/lesson/translation.ts';
import { en } from '../../src/site/i18n/client/en.ts';
import { es } from '../../src/site/i18n/client/es.ts';
import { PLAYER_WORDS } from '../../src/site/i18n/client/player.ts';
import { PROGRESS_WORDS } from '../../src/site/i18n/client/progress.ts';
import { SEARCH_WORDS } from '../../src/site/i18n/client/search.ts';
import { es as words } from '../../src/site/i18n/es.ts';
import { openBrowser, watchFaults } from '../support/browser.ts';

/* Sites of lessons made for one question each: where the site is, what recordings contain, and how
   lessons are translated. */

const lesson = (body: string, title = 'A lesson') =>
  `---\ntitle: ${title}\ndescription: For a test.\n---\n\n${body}\n`;
const step = (id: string, ...typed: string[]) =>
  `\`\`\`console ${id}\n${typed.map((line) => `$ ${line}`).join('\n')}\n\`\`\`\n`;

const HOSTILE = [
  '<script>window.hacked = 1</script><img src=x onerror="window.hacked = 2"><b>bold</b> &lt;i&gt;',
  '\x1b]8;;javascript:window.hacked=3\x1b\\a link\x1b]8;;\x1b\\ and [text](javascript:alert(1))',
  '\x1b]0;title <svg onload=alert(1)>\x07bell\x07 \x00\x01\x08back \u202egnp.exe',
  '{window.hacked = 4} ${window.hacked = 5} <mark>not a hit</mark>',
  '\x1b[31mred "quoted" \'single\'\x1b[0m \x1b[38;2;1;2;3mdark\x1b[0m',
].join('\r\n');

const STEP = step('one', 'uname', 'uname -a');
const ORIGINAL = lesson(`Look.\n\n${STEP}`);
const translation = (hash: string) =>
  `---\ntitle: Una lección\ndescription: Para una prueba.\ntranslates: ${hash}\n---\n\nMira.\n\n${STEP}`;

let based: Project;
let project: Project;
let site: Served;
let browser: Browser;

beforeAll(async () => {
  [based, project] = await Promise.all([copyProject('none'), copyProject('none')]);
  await addLinked();
  await addHostile();
  await addTranslated();
  const env = { SITE_URL: 'https://example.org', BASE_PATH: '/workshop', CHECKED_ON: '2026-02-03' };
  for (const built of await Promise.all([based.build(env), project.build()]))
    expect(built).toEqual({ status: 0, output: '' });
  site = await serveSite({ port: await freePort(), root: project.root });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await site.close();
  await Promise.all([based.remove(), project.remove()]);
});

async function addLinked(): Promise<void> {
  const text = lesson(`See [the other](/lessons/two/).\n\n${step('a', 'true')}`);
  await based.addLesson('one', text, { a: [''] });
  const renamed = lesson(step('a', 'true'), 'Two\nformerly: [second]');
  await based.addLesson('two', renamed, { a: [''] });
}

async function addHostile(): Promise<void> {
  await project.addLesson('hostile', lesson(step('attack', 'cat notes')), {
    attack: [`${HOSTILE}\r\n`],
  });
  await project.addLesson(
    'tidy',
    lesson(`${step('see', 'docker ps -a')}\n${step('away', 'docker rm web')}`, 'Tidy up'),
    { see: ['CONTAINER ID   NAMES\r\n'], away: ['web\r\n'] },
  );
  const long = Array.from({ length: 60 }, (_, index) => `line ${index + 1}\r\n`).join('');
  await project.addLesson('long', lesson(step('count', 'seq 60')), { count: [long] });
}

async function addTranslated(): Promise<void> {
  const parsed = parseLesson(ORIGINAL, 'content/lessons/now.mdx').lesson;
  if (parsed === undefined) throw new Error('the lesson of this test cannot be read');
  const hash = await proseHash({ lesson: parsed, text: ORIGINAL });
  for (const id of ['now', 'late', 'never'])
    await project.addLesson(id, ORIGINAL, { one: ['Linux\r\n', 'Linux lab\r\n'] });
  await project.addLesson('es/now', translation(hash));
  await project.addLesson('es/late', translation('sha256:0123456789abcdef'));
}

describe('a site under a base path', () => {
  test('has the base path in front of every address', async () => {
    const files = (await readdir(join(based.root, 'dist'), { recursive: true })).filter((file) =>
      file.endsWith('.html'),
    );
    expect(files.length).toBeGreaterThan(4);
    for (const file of files) {
      const html = await readFile(join(based.root, 'dist', file), 'utf8');
      const addresses = Array.from(
        html.matchAll(/(?:href|src|data-base)="([^"#][^"]*)"/g),
        ([, address]) => address ?? '',
      );
      if (!html.includes('http-equiv="refresh"')) expect(addresses.length).toBeGreaterThan(3);
      for (const address of addresses.filter((text) => !text.startsWith('https:')))
        expect(address, file).toMatch(/^\/workshop\//);
    }
  });

  test('leads from a former address to the lesson, without a script', async () => {
    const dist = join(based.root, 'dist');
    const html = await readFile(join(dist, 'lessons/second/index.html'), 'utf8');
    expect(html).toContain('<meta http-equiv="refresh" content="0; url=/workshop/lessons/two/">');
    expect(html).toContain(
      '<link rel="canonical" href="https://example.org/workshop/lessons/two/">',
    );
    expect(html).not.toContain('<script');
    expect(await readFile(join(dist, 'sitemap.xml'), 'utf8')).not.toContain('/second/');
    const other = await readFile(join(dist, 'lessons/one/index.html'), 'utf8');
    expect(other).toContain('data-moved="{&quot;second&quot;:&quot;two&quot;}"');
  });

  test('names the address of each page on the page', async () => {
    const html = await readFile(join(based.root, 'dist/lessons/one/index.html'), 'utf8');
    expect(html).toContain(
      '<link rel="canonical" href="https://example.org/workshop/lessons/one/">',
    );
    expect(html).toContain('property="og:title" content="A lesson"');
  });
});

describe('the content of a recording', () => {
  test('stays inert on the page, in the player and in the search', async () => {
    const page = await browser.newPage();
    const faults = await watchFaults(page, site.url);
    await page.goto(`${site.url}lessons/hostile/`);
    const screen = page.locator('#attack .screen');
    expect(await screen.locator('.out').textContent()).toContain(
      '<script>window.hacked = 1</script><img src=x',
    );
    const kinds = await screen
      .locator('*')
      .evaluateAll((all) => [...new Set(all.map(({ tagName }) => tagName))].sort());
    expect(kinds).toEqual(['BUTTON', 'DIV', 'KBD', 'PRE', 'SPAN']);

    await page.locator('#attack .play').click();
    await page.locator('.ap-term-text').getByText('a link').waitFor();
    expect(
      await page
        .locator('#attack a')
        .evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).protocol)),
    ).not.toContain('javascript:');

    await page.keyboard.press('Control+k');
    await page.locator('.search input').fill('quoted');
    await page.locator('.search li').first().waitFor();
    const inside = await page
      .locator('.search li *')
      .evaluateAll((all) => [...new Set(all.map(({ tagName }) => tagName))].sort());
    expect(inside).toEqual(['A', 'MARK', 'SPAN']);

    expect(await page.evaluate(() => (window as { hacked?: number }).hacked)).toBeUndefined();
    expect(await page.title()).toBe('A lesson · You Like Docker');
    expect(faults).toEqual({ violations: [], errors: [], foreign: [] });
  });

  test('is folded if it is long, without JavaScript, and unfolded in print', async () => {
    const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    await page.goto(`${site.url}lessons/long/`);
    const middle = page.getByText('line 30');
    expect(await middle.isVisible()).toBe(false);
    expect(await page.locator('.fold summary').innerText()).toBe('Show 42 lines');
    await page.emulateMedia({ media: 'print' });
    expect(await middle.isVisible()).toBe(true);
    await page.emulateMedia({ media: 'screen' });
    await page.locator('.fold summary').click();
    expect(await middle.isVisible()).toBe(true);
  });

  test('is found by its command: the keyboard opens the search, and leads to the step', async () => {
    const page = await browser.newPage();
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(`${site.url}lessons/hostile/`);
    // The scripts of the page are ready when its players are.
    await page.locator('.play').waitFor();
    expect(requests.filter((url) => url.includes('pagefind'))).toEqual([]);
    // Text that is typed before the search is loaded is not lost.
    await page.route('**/*.js', async (route) => {
      await sleep(300);
      await route.continue();
    });
    await page.keyboard.press('/');
    await page.keyboard.type('docker rm web');
    const first = page.locator('.search li').first();
    await first.getByText('docker rm web').waitFor();
    expect(await first.textContent()).toContain('Tidy up · away');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${site.url}lessons/tidy/#away`);
    expect(await page.locator('#away').isVisible()).toBe(true);

    await page.keyboard.press('Control+k');
    await page.locator('dialog.search[open]').waitFor();
    await page.keyboard.press('Escape');
    expect(await page.locator('dialog.search[open]').count()).toBe(0);
  });
});

describe('a translation', () => {
  async function open(path: string): Promise<Page> {
    const page = await browser.newPage();
    await page.goto(new URL(path, site.url).href);
    await page.locator('.play').waitFor();
    return page;
  }

  test('that lags behind its original says so, and links to it; another does not', async () => {
    const late = await open('es/lessons/late/');
    expect(await late.locator('.languages').innerText()).toContain(words.translation.lags);
    await late.getByText(words.translation.original).click();
    await late.waitForURL(new URL('lessons/late/', site.url).href);
    const now = await open('es/lessons/now/');
    expect(await now.locator('.languages').innerText()).toBe('English');
    await Promise.all([late.close(), now.close()]);
  });

  test('that is missing is replaced by the original, with a note, marked as English', async () => {
    const page = await open('es/lessons/never/');
    expect(await page.locator('.languages').innerText()).toContain(words.translation.missing);
    expect(await page.locator('html').getAttribute('lang')).toBe('es');
    expect(await page.locator('article').getAttribute('lang')).toBe('en');
    // What scripts add to the text is in its language, what they add to the page in the page's.
    expect(await page.locator('.play').textContent()).toBe(en.play.open);
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog', { name: SEARCH_WORDS.es.name }).waitFor();
    await page.close();
  });

  test('has translated labels on what scripts add', async () => {
    const page = await open('es/lessons/now/');
    await page.locator('.play').click();
    await page.locator('.stage-bar').waitFor();
    // A made-up recording ends at once.
    const toggle = page.locator('.stage-bar .toggle');
    await expect.poll(() => toggle.textContent()).toBe(PLAYER_WORDS.es.replay);
    await page.keyboard.press('Control+k');
    await page.locator('.search input').fill('uname');
    await page.locator('.search li').first().waitFor();
    const labels = await page
      .locator(':is(button, [role=status], [aria-label], label)')
      .evaluateAll((all) =>
        all.flatMap((element): (string | null)[] => [
          element.textContent,
          element.getAttribute('aria-label'),
        ]),
      );
    expect(labels).toContain(PLAYER_WORDS.es.name('one'));
    for (const label of [
      es.copy.one,
      es.copy.all,
      es.copy.commands,
      es.play.close,
      es.progress.ticked('one'),
    ])
      expect(labels).toContain(label);
    expect(labels).toContain(es.copy.command('uname -a'));
    expect(labels).toContain(SEARCH_WORDS.es.name);
    const english = [en.copy, en.play, en.progress, PLAYER_WORDS.en, SEARCH_WORDS.en]
      .flatMap((group): unknown[] => Object.values(group))
      .filter((word) => typeof word === 'string' && word !== '');
    expect(labels.filter((text) => english.includes(text))).toEqual([]);
    await page.close();
  });

  test('shows the progress of a reader on its first page', async () => {
    const page = await open('es/lessons/now/');
    await page.locator('#one .done').click();
    await page.goto(new URL('es/', site.url).href);
    const panel = page.locator('[data-progress]');
    const status = panel.locator('[role=status]');
    await expect.poll(() => status.textContent()).toBe(PROGRESS_WORDS.es.some(1, 6, 1));
    expect(await panel.locator('h2').textContent()).toBe(words.progress.title);
    await panel.getByText(words.progress.erase).click();
    await panel.getByText(PROGRESS_WORDS.es.sure).click();
    await expect.poll(() => status.textContent()).toBe(PROGRESS_WORDS.es.erased);
    const file = { name: 'other.json', mimeType: 'application/json', buffer: Buffer.from('[]') };
    await panel.locator('[data-import]').setInputFiles(file);
    await expect
      .poll(() => status.textContent())
      .toBe(PROGRESS_WORDS.es.refused({ kind: 'notOurs' }));
    await page.close();
  });
});

test('a page gives the date of the last check if the build has one', async () => {
  const path = 'dist/lessons';
  const checked = await readFile(join(based.root, path, 'one/index.html'), 'utf8');
  // Test recordings are dated 2026-01-01.
  expect(checked).toMatch(/<time datetime="2026-01-01">1 January 2026<\/time>/);
  expect(checked).toMatch(/Last checked on\s*<time datetime="2026-02-03">3 February 2026<\/time>/);
  const other = await readFile(join(project.root, path, 'long/index.html'), 'utf8');
  expect(other).toContain('2026-01-01');
  expect(other).not.toContain('Last checked');
});
