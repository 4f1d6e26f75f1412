import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveSite, type Served } from '../scripts/site/build.ts';
import { recordingPaths } from '../src/recording/paths.ts';
import { axeFaults, openBrowser, watchFaults, type Faults } from './browser.ts';
import { openFirefox, watchFirefox } from './firefox.ts';
import { copyProject, freePort, readRecording, type Project } from './project.ts';

/* What a reader does with the site: reads beside the terminal, plays, ticks off, goes on. */

const WIDE = { viewport: { width: 1440, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

let browser: Browser;
let project: Project;
let site: Served;

beforeAll(async () => {
  browser = await openBrowser();
  project = await copyProject('real');
  expect(await project.build()).toEqual({ status: 0, output: '' });
  site = await serveSite({ port: await freePort(), root: project.root });
});

afterAll(async () => {
  await browser.close();
  await site.close();
  await project.remove();
});

const address = (path: string) => new URL(path, site.url).href;

async function open(path: string, options: BrowserContextOptions = WIDE): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage();
  await page.goto(address(path));
  return page;
}

/** Without blanks: the player puts each run of a line at a place of its own. */
const plain = (text: string | null) => (text ?? '').replace(/\s+/g, '');

async function boxOf(page: Page, selector: string) {
  const box = await page.locator(selector).first().boundingBox();
  if (box === null) throw new Error(`${selector} is not shown`);
  return box;
}

describe('a lesson', () => {
  test.each([
    ['on a wide screen', WIDE],
    ['on a phone', PHONE],
  ])('shows its first command at once: %s', async (_name, options) => {
    const page = await open('', options);
    const lessons = await page
      .locator('.box a')
      .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).pathname));
    expect(lessons.length).toBeGreaterThan(9);
    const below: string[] = [];
    for (const path of lessons) {
      await page.goto(address(path));
      const { y, height } = await boxOf(page, '.cmd');
      if (y + height > options.viewport.height) below.push(path);
    }
    expect(below).toEqual([]);
    await page.context().close();
  });

  test('has each terminal beside its prose, and in sight while that is read', async () => {
    const page = await open('lessons/run/');
    const row = page.locator('.row').first();
    const prose = await boxOf(page, '.before');
    const terminal = await boxOf(page, '.shown');
    expect(terminal.x).toBeGreaterThan(prose.x + prose.width);
    expect(Math.abs(terminal.y - prose.y)).toBeLessThan(2);
    await row.locator('.after > :last-child').evaluate((last) => last.scrollIntoView(false));
    expect(await page.evaluate(() => scrollY)).toBeGreaterThan(300);
    const step = await boxOf(page, '.step');
    expect(step.y).toBeGreaterThan(0);
    expect(step.y + step.height).toBeLessThanOrEqual(WIDE.viewport.height);
    await page.context().close();
  });

  test('has its terminals between the paragraphs on a phone', async () => {
    const page = await open('lessons/run/', PHONE);
    const before = await boxOf(page, '.before');
    const shown = await boxOf(page, '.shown');
    const after = await boxOf(page, '.after');
    expect(shown.y).toBeGreaterThanOrEqual(before.y + before.height);
    expect(after.y).toBeGreaterThanOrEqual(shown.y + shown.height);
    await page.context().close();
  });

  test('what is unfolded stays where it is, and scrolls there', async () => {
    const page = await open('lessons/run/');
    const fold = page.locator('#run-help .fold summary');
    await fold.scrollIntoViewIfNeeded();
    const before = await fold.boundingBox();
    await fold.click();
    expect((await fold.boundingBox())?.y).toBeCloseTo(before?.y ?? -1, 0);
    const step = await boxOf(page, '#run-help');
    expect(step.height).toBeLessThan(WIDE.viewport.height);
    await page.context().close();
  });

  test('names its sections beside it, and marks the one that is read', async () => {
    const page = await open('lessons/run/');
    const here = page.locator('.sections [aria-current]');
    await page.locator('.sections a').nth(2).click();
    await expect.poll(() => here.textContent()).toBe('Names, and leaving no trace');
    await page.context().close();
  });

  test('copies all commands of a step, and a file whole', async () => {
    const page = await open('lessons/cache/', {
      ...WIDE,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await page.locator('#changed .copy.all').click();
    expect(await copied()).toBe(
      "echo '/usr/games/cowsay Docker Likes You.' >> hello.sh\ndocker build -t hello .",
    );
    await page.locator('.code[data-file="hello.sh"] .copy').click();
    expect(await copied()).toBe('/usr/games/cowsay You Like Docker.\n');
    await page.context().close();
  });

  test('offers no copy of all commands where they go to more than one shell', async () => {
    const page = await open('lessons/run/');
    const first = page.locator('#first-run');
    await first.locator('.cmd .copy').nth(2).waitFor();
    expect(await first.locator('.copy.all').count()).toBe(0);
    await page.context().close();
  });

  test('Tab stops once at the copy buttons of a step, arrows lead from one to the next', async () => {
    const page = await open('lessons/run/');
    const copies = page.locator('#first-run .copy');
    await copies.nth(2).waitFor();
    expect(await page.locator('#first-run .copy[tabindex="0"]').count()).toBe(1);
    await page.locator('#first-run .play').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const focused = (at: number) =>
      copies.nth(at).evaluate((button) => button === document.activeElement);
    expect(await focused(2)).toBe(true);
    await page.keyboard.press('Tab');
    expect(await page.locator('#first-run .about summary:focus').count()).toBe(1);
    await page.keyboard.press('Shift+Tab');
    expect(await focused(2)).toBe(true);
    await page.context().close();
  });

  test('tells screen readers what was typed and what was printed, and why text will differ', async () => {
    const page = await open('lessons/run/');
    const step = page.getByRole('figure', { name: 'Step first-run', exact: true });
    await step.locator('.play').waitFor();
    const heard = await step.ariaSnapshot();
    expect(heard.match(/Command:/g)).toHaveLength(3);
    expect(heard.indexOf('Command:')).toBeLessThan(heard.indexOf('Output:'));
    await step.locator('.about summary').press('Enter');
    expect(await step.getByRole('listitem').first().textContent()).toContain('yours will differ: ');
    expect(await step.getByRole('link', { name: 'cast file of first-run' }).isVisible()).toBe(true);
    await page.context().close();
  });

  test('a tap on a mark says why it will differ', async () => {
    const page = await open('lessons/run/', PHONE);
    await page.locator('#first-run .play').waitFor();
    await page.locator('#first-run .screen mark').first().tap();
    expect(await page.locator('#first-run .about li').first().isVisible()).toBe(true);
    await page.context().close();
  });
});

describe('the player', () => {
  test('obeys the keyboard: space, arrows, Escape', async () => {
    const page = await open('lessons/run/');
    const play = page.locator('#first-run .play');
    await play.focus();
    await page.keyboard.press('Enter');
    const toggle = page.locator('#first-run .toggle');
    await toggle.waitFor();
    await page.keyboard.press('Space');
    await expect.poll(() => toggle.textContent()).toBe('Go on');
    const now = page.locator('#first-run [data-now]');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => now.getAttribute('aria-label')).toMatch(/^Command 2: cat/);
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => now.getAttribute('aria-label')).toMatch(/^Command 1: docker run/);
    const text = page.locator('#first-run .ap-term-text');
    await expect.poll(async () => plain(await text.textContent())).toBe('$');
    await page.keyboard.press('Escape');
    await page.locator('#first-run .screen').waitFor({ state: 'visible' });
    expect(await play.evaluate((button) => button === document.activeElement)).toBe(true);
    await page.context().close();
  });

  test.each([
    ['on a wide screen', WIDE],
    ['on a phone', PHONE],
  ])('moves nothing on the page, and its letters can be read: %s', async (_name, options) => {
    const page = await open('lessons/run/', options);
    const step = page.locator('#first-run');
    await step.locator('.play').waitFor();
    await step.evaluate((element) => element.scrollIntoView());
    const layout = () =>
      page.evaluate(() =>
        [...document.querySelectorAll('main *:not(.step *)')].map((element) => {
          const { top, height } = element.getBoundingClientRect();
          return `${top} ${height}`;
        }),
      );
    const before = await layout();
    await step.locator('.play').click();
    const text = step.locator('.ap-term-text');
    const typing = async () => plain(await text.textContent());
    await expect.poll(typing, { timeout: 20_000 }).toContain('$dock');
    expect(await layout(), 'playing').toEqual(before);
    const size = await text.evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
    expect(size).toBeGreaterThanOrEqual(13);
    await step.locator('select').selectOption('4');
    expect(await layout(), 'at another speed').toEqual(before);
    await expect
      .poll(() => step.locator('.toggle').textContent(), { timeout: 20_000 })
      .toBe('Replay');
    expect(await layout(), 'at the end').toEqual(before);
    await step.locator('.play').click();
    expect(await layout(), 'closed').toEqual(before);
    await page.context().close();
  });

  test('keeps what is typed in sight where the terminal is wider than the screen', async () => {
    const page = await open('lessons/run/', PHONE);
    const long = page.locator('#second-engine');
    await long.locator('.play').click();
    const stage = long.locator('.stage');
    // The end of the row that was typed last lies within what is shown of the terminal.
    const hidden = () =>
      stage.evaluate((element) => {
        const typed = element.querySelector('.ap-line[data-typed]:has(+ :not([data-typed]))');
        const end = typed?.lastElementChild?.getBoundingClientRect().right ?? 0;
        return end - element.getBoundingClientRect().right;
      });
    for (let look = 0; look < 20; look++) {
      await page.waitForTimeout(100);
      expect(await hidden()).toBeLessThanOrEqual(0);
    }
    await page.context().close();
  });

  test('has one bar of controls, named after its step, and plays alone', async () => {
    const page = await open('lessons/run/');
    await page.locator('#first-run .play').click();
    await page.locator('#first-run .ap-player').waitFor();
    expect(await page.locator('.ap-control-bar').count()).toBe(0);
    const bar = page.getByRole('group', { name: 'Player of first-run' });
    expect(await bar.getByRole('slider', { name: 'Position' }).isVisible()).toBe(true);
    await page.locator('#no-it .play').click();
    await page.locator('#no-it .ap-player').waitFor();
    expect(await page.locator('.ap-player').count()).toBe(1);
    expect(await page.locator('#first-run .play').textContent()).toBe('Play');
    await page.context().close();
  });

  test('shows commands and marks as the text does', async () => {
    const page = await open('lessons/run/');
    const step = page.locator('#first-run');
    const wanted = await step
      .locator('.screen mark')
      .evaluateAll((marks) => marks.map((mark) => mark.textContent));
    await step.locator('.play').click();
    await step.getByRole('slider').waitFor();
    await step.getByRole('button', { name: 'Command 3: exit' }).click();
    const shown = (name: string) =>
      page.evaluate(
        (key) => [...(CSS.highlights.get(key) ?? [])].map((range) => String(range)),
        `player-${name}`,
      );
    await expect.poll(() => shown('typed')).toContain('cat /etc/os-release');
    expect(await shown('prompt')).toContain('$ ');
    const marked = await shown('differs');
    expect(marked.length).toBeGreaterThan(1);
    expect(wanted).toEqual(expect.arrayContaining(marked));
    await page.context().close();
  });

  test('goes to a command, plays at another speed, and again', async () => {
    const page = await open('lessons/run/');
    const step = page.locator('#first-run');
    await step.locator('.play').click();
    await step.locator('select').selectOption('4');
    await step.getByRole('button', { name: 'Command 3: exit' }).click();
    const toggle = step.locator('.toggle');
    await expect.poll(() => toggle.textContent(), { timeout: 10_000 }).toBe('Replay');
    await toggle.click();
    await expect.poll(() => toggle.textContent()).toBe('Pause');
    await page.context().close();
  });
});

describe('progress', () => {
  test('steps and lessons are ticked, kept, and shown in the lists before the first paint', async () => {
    const page = await open('lessons/images/');
    await page.locator('#pull .done').click();
    const mark = (lesson: string) =>
      page
        .locator(`[data-lesson="${lesson}"] .mark`)
        .evaluate((element) => getComputedStyle(element, '::before').content);
    expect(await mark('images')).toMatch(/^"1\/" .*|^"1\/\d+"$/);
    await page.locator('[data-finish]').click();
    expect(await mark('images')).toContain('✓');

    // Without the page's script: what shows the marks stands in the head.
    await page.route('**/_astro/*.js', (route) => route.abort());
    await page.goto(site.url);
    expect(await mark('images')).toContain('✓');
    expect(await mark('cache')).toBe('none');
    expect(await page.locator('[data-lesson="mess-with-an-image"] .go-on').isVisible()).toBe(true);
    expect(await page.getByText('Go on where you stopped.').isVisible()).toBe(true);
    await page.context().close();
  });

  test('a recording that was watched to its end ticks its step', async () => {
    const page = await open('lessons/run/');
    const step = page.locator('#no-it');
    expect(await step.locator('.done').getAttribute('aria-pressed')).toBe('false');
    await step.locator('.play').click();
    await step.locator('select').selectOption('4');
    await expect
      .poll(() => step.locator('.done').getAttribute('aria-pressed'), { timeout: 20_000 })
      .toBe('true');
    expect(await step.locator('.done').innerText()).toContain('played to its end:');
    expect(await page.locator('[role=status]').textContent()).toContain('no-it is marked as done');
    await page.context().close();
  });

  test('a leap to the end ticks nothing', async () => {
    const page = await open('lessons/run/');
    const step = page.locator('#no-it');
    await step.locator('.play').click();
    await step.getByRole('slider').waitFor();
    await step.getByRole('button', { name: 'Next command' }).click();
    await step.getByRole('button', { name: 'Next command' }).click();
    await expect.poll(() => step.locator('.toggle').textContent()).toBe('Replay');
    expect(await step.locator('.done').getAttribute('aria-pressed')).toBe('false');
    await page.context().close();
  });

  test('is exported, erased and imported', async () => {
    const page = await open('lessons/run/');
    const faults: Faults = await watchFaults(page, site.url);
    await page.reload();
    await page.locator('#pipe .done').click();
    await page.goto(site.url);
    const panel = page.locator('[data-progress]');
    const said = panel.locator('[role=status]');
    await expect
      .poll(() => said.textContent())
      .toMatch(/^0 of \d+ lessons done, 1 steps? ticked\.$/);
    expect(await page.locator('[data-go-on]').getAttribute('href')).toContain('lessons/run/');

    const downloading = page.waitForEvent('download');
    await panel.locator('[data-export]').click();
    const file = join(project.root, 'progress.json');
    await (await downloading).saveAs(file);

    await panel.locator('[data-erase]').click();
    expect(await said.textContent()).toContain('1 step');
    await panel.locator('[data-erase]').click();
    expect(await said.textContent()).toBe('Erased.');
    expect(await page.evaluate(() => localStorage.length)).toBe(0);

    await panel.locator('[data-import]').setInputFiles(file);
    await expect.poll(() => said.textContent()).toContain('1 step ticked');
    await writeFile(file, '{"version":1,"lessons":{"run\\"]{}":{"steps":[]}}}');
    await panel.locator('[data-import]').setInputFiles(file);
    await expect.poll(() => said.textContent()).toContain('no id');
    expect(faults).toEqual({ violations: [], errors: [], foreign: [] });
    await page.context().close();
  });

  test('what is kept and cannot be read as a whole loses no tick, and is not overwritten', async () => {
    const page = await open('lessons/run/');
    const kept = () =>
      page.evaluate(() => Object.fromEntries(Object.entries<string>(localStorage)));
    const odd = '{"version":1,"lessons":{"run":{"done":false,"steps":["-odd","pipe"]}}}';
    await page.evaluate((text) => localStorage.setItem('progress', text), odd);
    await page.reload();
    expect(await page.locator('#pipe .done').getAttribute('aria-pressed')).toBe('true');
    await page.locator('#rm .done').click();
    await page.locator('#name .done').click();
    const { progress = '', ...others }: Record<string, string> = await kept();
    expect(JSON.parse(progress)).toMatchObject({
      lessons: { run: { steps: ['pipe', 'rm', 'name'] } },
    });
    expect(Object.values(others)).toContain(odd);

    const later = '{"version":2}';
    await page.evaluate((text) => localStorage.setItem('progress', text), later);
    await page.reload();
    await page.locator('#rm .done').click();
    expect(Object.values(await kept())).toEqual(expect.arrayContaining([odd, later]));
    await page.goto(site.url);
    await page.locator('[data-erase]').click();
    await page.locator('[data-erase]').click();
    expect(await kept()).toEqual({});
    await page.context().close();
  });
});

test('in Firefox a lesson opens, plays to its end, and is found by the search', async () => {
  const { page, close } = await openFirefox();
  try {
    const faults = await watchFirefox(page, site.url);
    await page.goto(address('lessons/run/'));
    await page.locator('#first-run .play').click();
    await page.waitForSelector('#first-run .ap-player');
    await page.select('#first-run select', '4');
    await page.waitForFunction(
      () => document.querySelector('#first-run .toggle')?.textContent === 'Replay',
      { timeout: 30_000 },
    );
    const shown = await page.$eval('#first-run .ap-term-text', ({ textContent }) => textContent);
    const screen = await readRecording(project, recordingPaths.screen('run', 'first-run'));
    expect(plain(shown)).toContain(plain(screen.trimEnd().split('\n').at(-1) ?? ''));

    await page.keyboard.press('/');
    await page.locator('.search input').fill('docker rm parrot');
    await page.waitForFunction(
      () => document.querySelector('.search li')?.textContent.includes('docker rm parrot') === true,
    );
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => location.hash === '#rm');
    expect(await page.$eval('dialog.search', (dialog) => dialog.hasAttribute('open'))).toBe(false);
    expect(faults).toEqual({ violations: [], errors: [], foreign: [] });
  } finally {
    await close();
  }
});

test('with the keyboard alone: from the first page to a finished lesson', async () => {
  const page = await open('');
  /** Tabs until the focus is on what `selector` names, and sees that it shows. */
  const tabTo = async (selector: string) => {
    for (let presses = 0; presses < 400; presses++) {
      await page.keyboard.press('Tab');
      const focused = page.locator(`${selector}:focus`);
      if ((await focused.count()) === 0) continue;
      expect(await focused.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe(
        'solid',
      );
      return;
    }
    throw new Error(`no way to ${selector} by Tab`);
  };
  await tabTo('.skip');
  await page.keyboard.press('Enter');
  await tabTo('[data-go-on]');
  await page.keyboard.press('Enter');
  await page.waitForURL(address('lessons/run/'));
  await tabTo('.skip');
  await page.keyboard.press('Enter');
  await tabTo('#first-run .play');
  await tabTo('#first-run .done');
  await page.keyboard.press('Space');
  await tabTo('.solution summary');
  await page.keyboard.press('Enter');
  await tabTo('[data-finish]');
  await page.keyboard.press('Enter');
  expect(await page.locator('[data-finish]').innerText()).toBe('This lesson is done');
  await tabTo('[rel=next]');
  await page.keyboard.press('Enter');
  await page.waitForURL(address('lessons/what-is-docker/'));
  await page.context().close();
});

test('the search gives the focus back, and Enter opens the first result', async () => {
  const page = await open('lessons/run/');
  const link = page.locator('#rm .id');
  await link.focus();
  await page.keyboard.press('Control+k');
  await page.locator('.search input').fill('docker rm');
  await page.locator('.search li').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Escape');
  expect(await link.evaluate((element) => element === document.activeElement)).toBe(true);

  await page.keyboard.press('/');
  await page.locator('.search input').fill('docker rm parrot');
  await page.locator('.search li').first().getByText('docker rm parrot').waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(/lessons\/run\/#rm$/);
  await page.context().close();
});

test.each([
  ['wide, light', { ...WIDE, colorScheme: 'light' as const }],
  ['wide, dark', { ...WIDE, colorScheme: 'dark' as const }],
  ['phone', PHONE],
])('axe finds nothing where things are ticked, unfolded and played: %s', async (_name, options) => {
  const page = await open('lessons/run/', { ...options, bypassCSP: true });
  await page.locator('#first-run .done').click();
  await page.locator('[data-finish]').click();
  for (const summary of await page.locator('summary:visible').all()) await summary.click();
  await page.locator('#pipe-it .play').click();
  await page.locator('.ap-player').waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await page.goto(site.url);
  expect(await axeFaults(page)).toEqual([]);
  await page.context().close();
});
