import { writeFile } from 'node:fs/promises';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveSite, type Served } from '../../scripts/site/build.ts';
import { recordingPaths } from '../../src/core/recording/paths.ts';
import { axeFaults, openBrowser, watchFaults, type Faults } from '../support/browser.ts';
import { openFirefox, watchFirefox } from '../support/firefox.ts';
import { freePort, readRecording } from '../../scripts/tools/fixtures/project.ts';
import { realSite } from '../support/real-site.ts';

/* What a reader does with the site: reads beside the terminal, plays, ticks off, goes on. */

const WIDE = { viewport: { width: 1440, height: 900 } };
/** Of a small phone to a large screen. */
const WIDTHS = [320, 390, 820, 1152, 1280, 1440, 1920];
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

let browser: Browser;
let project: Awaited<ReturnType<typeof realSite>>;
let site: Served;

beforeAll(async () => {
  browser = await openBrowser();
  project = await realSite();
  site = await serveSite({ port: await freePort(), root: project.root });
});

afterAll(async () => {
  await browser.close();
  await site.close();
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
  const element = page.locator(selector).first();
  await element.waitFor();
  const box = await element.boundingBox();
  if (box === null) throw new Error(`${selector} is not shown`);
  return box;
}

/** The paths of all lessons, as the first page has them. */
async function lessonPaths(page: Page): Promise<string[]> {
  const paths = await page
    .locator('.box a')
    .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).pathname));
  expect(paths.length).toBeGreaterThan(9);
  return paths;
}

/** Rows whose screen is not right below its announcement, or not above its explanation. */
function misplaced(page: Page): Promise<string[]> {
  return page.locator('.row').evaluateAll((rows) =>
    rows.flatMap((row) => {
      const part = (name: string) => row.querySelector(`:scope > .${name}`);
      const box = (element?: Element | null) => element?.getBoundingClientRect();
      const shown = box(part('shown'));
      const announced = box(part('before')?.lastElementChild);
      const explained = box(part('after'));
      // In a solution that is folded nothing has a place.
      if (shown === undefined || !row.checkVisibility()) return [];
      const far =
        announced !== undefined &&
        (shown.top < announced.bottom || shown.top - announced.bottom > 32);
      const early = explained !== undefined && explained.top < shown.bottom;
      const name = row.querySelector('figure')?.id ?? '';
      return [...(far ? [`${name} is far`] : []), ...(early ? [`${name} is explained`] : [])];
    }),
  );
}

/** How wide prose is, and how many characters a full line of it has on the average. */
function measureLines(): { width: number; characters: number } {
  const lines = [...document.querySelectorAll<HTMLElement>('.row > :is(.before, .after) > p')].map(
    (text) => {
      const { height } = text.getBoundingClientRect();
      return {
        lines: Math.round(height / parseFloat(getComputedStyle(text).lineHeight)),
        characters: text.innerText.length,
        width: text.getBoundingClientRect().width,
      };
    },
  );
  // The last line of a paragraph is half as long as the others.
  const long = lines.filter((text) => text.lines > 2);
  const sum = (of: (text: (typeof long)[number]) => number) =>
    long.reduce((all, text) => all + of(text), 0);
  return {
    width: Math.max(...lines.map(({ width }) => width)),
    characters: sum(({ characters }) => characters) / sum((text) => text.lines - 0.5),
  };
}

/** Code in prose that breaks where it must not, loses its bracket, or is wider than the window. */
function brokenCode(): string[] {
  const isBroken = (code: Element) => {
    const boxes = code.getClientRects();
    const [first] = boxes;
    if (first === undefined) return false;
    if (boxes.length > 1 && !code.matches('.line')) return true;
    if (first.right > innerWidth && code.closest('table') === null) return true;
    const before = code.previousSibling;
    if (!(before instanceof Text) || !before.data.endsWith('(')) return false;
    const bracket = document.createRange();
    bracket.setStart(before, before.length - 1);
    bracket.setEnd(before, before.length);
    return bracket.getBoundingClientRect().bottom < first.top + 4;
  };
  return [...document.querySelectorAll('.prose :is(p, li, td, dd) :is(code, code .w)')]
    .filter((code) => code.checkVisibility() && isBroken(code))
    .map((code) => code.textContent);
}

describe('a lesson', () => {
  test.each([
    ['on a wide screen', WIDE],
    ['on a phone', PHONE],
  ])('shows its first command at once: %s', async (_name, options) => {
    const page = await open('', options);
    const lessons = await lessonPaths(page);
    const below: string[] = [];
    for (const path of lessons) {
      await page.goto(address(path));
      const { y, height } = await boxOf(page, '.cmd');
      if (y + height > options.viewport.height) below.push(path);
    }
    expect(below).toEqual([]);
    await page.context().close();
  });

  test('announces a screen right above it, and explains it below, at every width', async () => {
    const page = await open('');
    const lessons = await lessonPaths(page);
    for (const path of lessons) {
      await page.goto(address(path));
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        expect(await misplaced(page), `${path} at ${width}`).toEqual([]);
      }
    }
    await page.context().close();
  });

  test('has lines that are good to read, as wide at 1152 pixels as at 1920', async () => {
    const page = await open('lessons/run/');
    const measured = [];
    for (const width of [1152, 1279, 1439, 1440, 1600, 1920]) {
      await page.setViewportSize({ width, height: 900 });
      measured.push(await page.evaluate(measureLines));
    }
    const [first] = measured;
    expect(first?.characters).toBeGreaterThan(45);
    expect(first?.characters).toBeLessThan(75);
    for (const { width } of measured) expect(width).toBe(first?.width);
    await page.context().close();
  });

  test('has terminals as wide as the bar at the top allows, where 80 columns fit', async () => {
    const page = await open('lessons/run/');
    for (const width of [820, 1024, 1152, 1280, 1440, 1920]) {
      await page.setViewportSize({ width, height: 900 });
      const main = await boxOf(page, '#main article');
      const bar = await boxOf(page, '.top nav');
      expect(main.x + main.width, `at ${width}`).toBeCloseTo(bar.x + bar.width, 0);
      const faults = await page.locator('.shown > .step').evaluateAll((steps) =>
        steps.flatMap((step) => {
          const place = step.closest('.turn') === null ? step.closest('.row') : null;
          const isNarrow = place !== null && place.clientWidth > step.clientWidth + 2;
          const isCut = [...step.querySelectorAll('.out')].some(
            (out) => out.scrollWidth > out.clientWidth,
          );
          const isFault = isNarrow || (isCut && !step.matches('.wide'));
          return isFault ? [step.id] : [];
        }),
      );
      expect(faults, `at ${width}`).toEqual([]);
    }
    await page.context().close();
  });

  test('breaks no code away from its bracket and no option at its hyphens', async () => {
    const page = await open('');
    const lessons = await lessonPaths(page);
    for (const path of lessons) {
      await page.goto(address(path));
      for (const width of [320, 390, 820, 1440]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await page.evaluate(brokenCode), `${path} at ${width}`).toEqual([]);
      }
    }
    await page.context().close();
  });

  test.each([
    ['with scripts', true],
    ['without', false],
  ])('says where a screen is cut, and only there: %s', async (_name, javaScriptEnabled) => {
    const page = await open('lessons/cache/', { ...WIDE, javaScriptEnabled });
    const hint = (step: string) =>
      page
        .locator(`#${step} .out:last-of-type`)
        .evaluate((out) => parseFloat(getComputedStyle(out, '::after').height));
    await expect.poll(() => hint('typo')).toBeGreaterThan(16);
    expect(await hint('cold')).toBe(0);
    await page.setViewportSize({ width: 390, height: 844 });
    await expect.poll(() => hint('cold')).toBeGreaterThan(16);
    await page.context().close();
  });

  test('says where a file is cut', async () => {
    const page = await open('lessons/cache/', PHONE);
    const hints = () =>
      page
        .locator('.code[data-file] pre')
        .evaluateAll((files) =>
          files.map((file) => [
            file.scrollWidth > file.clientWidth,
            parseFloat(getComputedStyle(file, '::after').height) > 16,
          ]),
        );
    await expect.poll(hints).toContainEqual([true, true]);
    for (const [cut, told] of await hints()) expect(told).toBe(cut);
    await page.context().close();
  });

  test('keeps the recorded colour of what is marked', async () => {
    const page = await open('lessons/cache/');
    const mark = page.locator('#cold mark.f-78b4ff').first();
    const style = (property: string) =>
      mark.evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);
    expect(await style('color')).toBe('rgb(120, 180, 255)');
    expect(await style('text-decoration-style')).toBe('dotted');
    await page.context().close();
  });

  test('names its sections beside it, and marks the one that is read', async () => {
    const page = await open('lessons/run/');
    const here = page.locator('.sections [aria-current]');
    const links = page.locator('.sections a');
    const names = await links.allTextContents();
    expect(names.length).toBeGreaterThan(3);
    expect(
      await page
        .locator('h1, h2, h3')
        .first()
        .evaluate(({ tagName }) => tagName),
    ).toBe('H1');
    for (const at of [2, names.length - 1, 0]) {
      await links.nth(at).click();
      await expect.poll(() => here.allTextContents()).toEqual([names[at]]);
    }
    await page.evaluate(() => scrollTo(0, 0));
    await expect.poll(() => here.count()).toBe(0);
    await page.context().close();
  });

  test('scrolls its list to the open lesson', async () => {
    const page = await open('');
    const last = (await lessonPaths(page)).at(-1) ?? '';
    await page.setViewportSize({ width: 1280, height: 400 });
    await page.goto(address(last));
    await expect
      .poll(async () => {
        const { y, height } = await boxOf(page, '.stack [aria-current=page]');
        return y + height;
      })
      .toBeLessThan(400);
    expect(await page.evaluate(() => scrollY)).toBe(0);
    await page.context().close();
  });

  test.each([320, 820, 1100])(
    'says in a line that stays in sight where the reader is: %i pixels wide',
    async (width) => {
      const page = await open('lessons/run/', { viewport: { width, height: 700 } });
      const line = page.locator('.yard summary');
      expect(await line.locator('.here').innerText()).toBe('A2 Run your first container');
      await page.goto(address('lessons/run/#help-is-built-in'));
      await expect.poll(() => line.locator('.here').innerText()).toBe('A2 Help is built in');
      const { y, height } = await boxOf(page, '.yard summary');
      const bar = await boxOf(page, '.top');
      expect(Math.abs(y - bar.height)).toBeLessThan(2);
      // What was jumped to is not covered.
      expect((await boxOf(page, '#help-is-built-in')).y).toBeGreaterThan(y + height);

      const read = await page.evaluate(() => scrollY);
      await line.focus();
      await page.keyboard.press('Enter');
      const list = page.locator('.stack');
      await list.waitFor();
      const { y: top, height: long } = await boxOf(page, '.stack');
      expect(top + long).toBeLessThanOrEqual(700);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Escape');
      await list.waitFor({ state: 'hidden' });
      expect(await line.evaluate((element) => element === document.activeElement)).toBe(true);
      expect(await page.evaluate(() => scrollY)).toBe(read);
      await line.click();
      await page.locator('.sections a').first().click();
      await list.waitFor({ state: 'hidden' });
      await expect.poll(() => line.locator('.here').innerText()).toBe('A2 One command');
      await page.context().close();
    },
  );

  test('shows in forced colours which section is open, and where to press', async () => {
    const page = await open('lessons/run/#help-is-built-in', { ...WIDE, forcedColors: 'active' });
    const style = (selector: string, property: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);
    await page.locator('.sections [aria-current]').waitFor();
    const lesson = '.part > ol > li > a';
    expect(await style(`${lesson}[aria-current]`, 'background-color')).not.toBe(
      await style(`${lesson}:not([aria-current])`, 'background-color'),
    );
    expect(await style('.sections [aria-current]', 'border-left-color')).not.toBe(
      await style('.sections a:not([aria-current])', 'border-left-color'),
    );
    expect(await style('.play', 'border-top-style')).toBe('solid');
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
    expect(await step.getByRole('link', { name: 'cast', exact: true }).isVisible()).toBe(true);
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

test('links of a lesson that stand on each other are large enough for a finger', async () => {
  const page = await open('lessons/run/', PHONE);
  await page.locator('.yard summary').tap();
  for (const selector of ['.languages a', '.sections a', '.stack a[href]']) {
    const heights = await page
      .locator(selector)
      .evaluateAll((links) => links.map((link) => link.getBoundingClientRect().height));
    expect(Math.min(...heights), selector).toBeGreaterThanOrEqual(44);
  }
  await page.context().close();
});

test('the footer of a short page stands at the end of the window', async () => {
  const page = await open('404.html');
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    const { y, height } = await boxOf(page, '.bottom');
    expect(y + height, `at ${width}`).toBeCloseTo(900, 0);
  }
  await page.context().close();
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
    await expect.poll(() => toggle.textContent()).toBe('Resume');
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
    const speed = step.locator('select');
    if (await speed.isVisible()) await speed.selectOption('4');
    else for (let command = 0; command < 3; command++) await page.keyboard.press('ArrowRight');
    expect(await layout(), 'at another speed, or another command').toEqual(before);
    await expect
      .poll(() => step.locator('.toggle').textContent(), { timeout: 20_000 })
      .toBe('Replay');
    expect(await layout(), 'at the end').toEqual(before);
    await step.locator('.play').click();
    expect(await layout(), 'closed').toEqual(before);
    await page.context().close();
  });

  test('keeps what is typed in sight where the terminal is wider than the screen', async () => {
    const page = await open('lessons/contexts/', PHONE);
    const long = page.locator('#second-engine');
    await long.locator('.play').click();
    const stage = long.locator('.stage');
    // The end of the text that was typed last lies within what is shown of the terminal.
    const hidden = () =>
      stage.evaluate((element) => {
        const typed = element.querySelector('.ap-line[data-typed]:has(+ :not([data-typed]))');
        const text = typed?.lastElementChild?.firstChild;
        if (!(text instanceof Text)) return 0;
        const shown = document.createRange();
        shown.setStart(text, 0);
        shown.setEnd(text, text.data.trimEnd().length);
        return shown.getBoundingClientRect().right - element.getBoundingClientRect().right;
      });
    for (let look = 0; look < 20; look++) {
      await page.waitForTimeout(100);
      expect(await hidden()).toBeLessThanOrEqual(0);
    }
    await page.context().close();
  });

  test('shows a short command from its beginning: the blanks after it do not count', async () => {
    const page = await open('lessons/run/', PHONE);
    const step = page.locator('#first-run');
    await step.locator('.play').click();
    const typed = step.locator('.ap-line[data-typed]').first();
    await typed.waitFor();
    for (let look = 0; look < 15; look++) {
      expect(await step.locator('.stage').evaluate(({ scrollLeft }) => scrollLeft)).toBe(0);
      await page.waitForTimeout(100);
    }
    expect((await typed.textContent())?.trim()).toMatch(/^\$ docker/);
    await page.context().close();
  });

  test('scrolls down for text alone, not for the empty row of the cursor', async () => {
    const page = await open('lessons/run/');
    const step = page.locator('#pipe');
    await step.locator('.play').click();
    await step.locator('select').selectOption('4');
    await expect
      .poll(() => step.locator('.toggle').textContent(), { timeout: 20_000 })
      .toBe('Replay');
    const stage = step.locator('.stage');
    expect(await stage.evaluate((element) => getComputedStyle(element).overflowY)).toBe('hidden');
    expect(await stage.evaluate(({ scrollTop }) => scrollTop)).toBe(0);
    await page.context().close();
  });

  test('opened with the keyboard, has its controls and the focus in sight', async () => {
    const page = await open('lessons/run/', { viewport: { width: 1280, height: 800 } });
    await page.locator('#first-run .play').focus();
    const { y: foot } = await boxOf(page, '#first-run .foot');
    expect(foot).toBeGreaterThan(800);
    const read = await page.evaluate(() => scrollY);
    await page.keyboard.press('Enter');
    await page.locator('#first-run .toggle:focus').waitFor();
    const { y, height } = await boxOf(page, '#first-run .toggle');
    expect(y + height).toBeLessThanOrEqual(800);
    expect(await page.evaluate(() => scrollY)).toBe(read);
    await page.context().close();
  });

  test('in forced colours, gives no text the colour of the system on its dark ground', async () => {
    const page = await open('lessons/run/', { ...WIDE, forcedColors: 'active' });
    await page.locator('#first-run .play').click();
    await page.locator('#first-run .ap-line[data-typed]').first().waitFor();
    const highlighted = await page.evaluate(() =>
      [...CSS.highlights.values()].flatMap((highlight) => [...highlight]).map(String),
    );
    expect(highlighted).toEqual([]);
    await page.context().close();
  });

  test('has controls that a finger can press', async () => {
    const page = await open('lessons/run/', PHONE);
    const step = page.locator('#first-run');
    await step.locator('.copy').first().waitFor();
    const small = (selector: string) =>
      step.locator(selector).evaluateAll((controls) =>
        controls.flatMap((control) => {
          const { width, height } = control.getBoundingClientRect();
          const shown = control.checkVisibility({ visibilityProperty: true });
          return shown && Math.min(width, height) < 44 ? [control.outerHTML] : [];
        }),
      );
    expect(await small('.play, .done, .copy')).toEqual([]);
    await step.locator('.play').click();
    await step.getByRole('slider').waitFor();
    expect(await small('.play, .done, .stage-bar :is(button, select, input)')).toEqual([]);
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
        (key) => [...(CSS.highlights.get(key) ?? [])].map((range) => (range as Range).toString()),
        `player-${name}`,
      );
    await expect.poll(() => shown('typed'), { timeout: 10_000 }).toContain('cat /etc/os-release');
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
    expect(await page.locator('[data-lesson="dockerfile"] .go-on').isVisible()).toBe(true);
    expect(await page.getByText('Continue where you left off.').isVisible()).toBe(true);
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
    expect(await step.locator('.done').innerText()).toContain('played to the end:');
    const note = await boxOf(page, '#no-it .done .note');
    const bar = await boxOf(page, '#no-it .stage-bar');
    expect(note.y + note.height, 'covers no control').toBeLessThanOrEqual(bar.y);
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
    const file = await (await downloading).path();

    await panel.locator('[data-erase]').click();
    expect(await said.textContent()).toContain('1 step');
    await panel.locator('[data-erase]').click();
    expect(await said.textContent()).toBe('Erased.');
    expect(await page.evaluate(() => localStorage.length)).toBe(0);

    await panel.locator('[data-import]').setInputFiles(file);
    await expect.poll(() => said.textContent()).toContain('1 step ticked');
    await writeFile(file, '{"version":1,"lessons":{"run\\"]{}":{"steps":[]}}}');
    await panel.locator('[data-import]').setInputFiles(file);
    await expect.poll(() => said.textContent()).toContain('not the id');
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

test('the core path comes first, and deep dives lead back to it', async () => {
  const page = await open('');
  const ids = (selector: string) =>
    page
      .locator(`${selector} .box`)
      .evaluateAll((all) => all.map((box) => (box as HTMLElement).dataset['lesson'] ?? ''));
  const [path, dives] = [await ids('.path'), await ids('.hold')];
  expect(path.slice(0, 3)).toEqual(['setup', 'run', 'lifecycle']);
  expect(dives[0]).toBe('contexts');
  expect(await lessonPaths(page)).toEqual([...path, ...dives].map((id) => `lessons/${id}/`));
  expect(await page.locator('[data-lesson="contexts"] .facts').innerText()).toMatch(
    /^after A2\s+\d+ min to read, \d+ to type along\s+on Linux, as root$/,
  );

  // Next leads along the path and never into a deep dive.
  for (const [index, id] of path.entries()) {
    await page.goto(address(`lessons/${id}/`));
    const next = page.locator('.finish [rel=next]');
    expect(await next.evaluateAll((all) => all.map((a) => a.dataset['next']))).toEqual(
      path.slice(index + 1, index + 2),
    );
  }
  await page.goto(address('lessons/run/'));
  await page.locator('.deeper').getByText('Whose Engine is it?').click();
  await page.waitForURL(address('lessons/contexts/'));
  const [first] = await page.locator('.cmd').all();
  const facts = await boxOf(page, '.opening .facts');
  expect(facts.y + facts.height).toBeLessThan((await first?.boundingBox())?.y ?? 0);
  expect(await page.locator('.opening .facts').innerText()).toMatch(
    /A2 Run your first container[^]*min to read[^]*on Linux, as root/,
  );
  await page.locator('.finish [rel=next]').click();
  await page.waitForURL(address('lessons/lifecycle/'));
  await page.context().close();
});

test('what moved is linked from where it was, and its ticks follow', async () => {
  const page = await open('lessons/run/#context');
  const old = page.locator('#context');
  await old.waitFor();
  const kept = {
    version: 1,
    lessons: { run: { done: false, steps: ['context', 'pipe'] } },
    next: 'run',
  };
  await page.evaluate((text) => localStorage.setItem('progress', text), JSON.stringify(kept));
  await old.click();
  await page.waitForURL(address('lessons/contexts/#context'));
  const tick = page.locator('#context .done');
  await expect.poll(() => tick.getAttribute('aria-pressed')).toBe('true');
  await page.locator('#gone .done').click();
  const stored = () => page.evaluate(() => localStorage.getItem('progress') ?? '');
  expect(JSON.parse(await stored())).toEqual({
    version: 1,
    lessons: {
      run: { done: false, steps: ['pipe'] },
      contexts: { done: false, steps: ['context', 'gone'] },
    },
    next: 'contexts',
  });
  await page.context().close();
});

test('no box of the first page is alone in its row, and the letters of parts have no gap', async () => {
  const page = await open('');
  for (const width of [320, 390, 600, 768, 1024, 1280, 1440, 1920]) {
    await page.setViewportSize({ width, height: 900 });
    const alone = await page.locator('.bay > ol').evaluateAll((lists) =>
      lists.flatMap((list) => {
        const boxes = [...list.children] as HTMLElement[];
        const last = boxes.at(-1);
        const beside = boxes.filter(({ offsetTop }) => offsetTop === last?.offsetTop);
        const fills = last !== undefined && last.offsetWidth > list.clientWidth * 0.95;
        return beside.length > 1 || fills ? [] : [last?.dataset['lesson']];
      }),
    );
    expect(alone, `at ${width}`).toEqual([]);
  }
  const codes = await page
    .locator('.box .stencil')
    .evaluateAll((all) => all.map((each) => each.getAttribute('aria-label')?.[0]));
  const letters = [...new Set(codes)];
  expect(letters.join('')).toBe('ABCD'.slice(0, letters.length));
  await page.context().close();
});

test.each(['light', 'dark'] as const)(
  'the theme goes round and comes back to that of the system: %s',
  async (colorScheme) => {
    const page = await open('', { ...WIDE, colorScheme });
    const toggle = page.locator('[data-theme-toggle]');
    const now = () =>
      page.evaluate(() => {
        const bars = [...document.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]')];
        const colours = bars.filter(({ media }) => matchMedia(media).matches);
        // Written in the way of computed colours.
        const probe = document.body.appendChild(document.createElement('i'));
        const said = colours.map(({ content }) => {
          probe.style.color = content;
          return getComputedStyle(probe).color;
        });
        probe.remove();
        return { ground: getComputedStyle(document.body).backgroundColor, said };
      });
    const first = await now();
    expect(first.said).toEqual([first.ground]);
    const [other, same] = colorScheme === 'light' ? ['dark', 'light'] : ['light', 'dark'];
    expect(await toggle.getAttribute('aria-label')).toBe('Theme: system');
    await toggle.click();
    const second = await now();
    expect(second.ground).not.toBe(first.ground);
    expect(second.said).toEqual([second.ground]);
    expect(await toggle.getAttribute('aria-label')).toBe(`Theme: ${other}`);
    await page.reload();
    expect(await now()).toEqual(second);
    await toggle.click();
    expect(await now()).toEqual(first);
    expect(await toggle.getAttribute('aria-label')).toBe(`Theme: ${same}`);
    await toggle.click();
    expect(await toggle.getAttribute('aria-label')).toBe('Theme: system');
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
    await page.context().close();
  },
);

test('a page that is not there offers the search', async () => {
  const page = await open('no-such-page/');
  await page.getByRole('button', { name: 'Search the workshop' }).click();
  await page.locator('dialog.search[open]').waitFor();
  await page.context().close();
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
  await page.waitForURL(address('lessons/setup/'));
  await tabTo('.skip');
  await page.keyboard.press('Enter');
  await tabTo('[rel=next]');
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
  await page.waitForURL(address('lessons/lifecycle/'));
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
  // The reader goes on from the result, not from where the search was opened.
  await page.keyboard.press('Tab');
  const isThere = () =>
    page.locator('#rm').evaluate((step) => step.contains(document.activeElement));
  expect(await isThere()).toBe(true);
  await page.context().close();
});

test('Enter before the answer has come opens its first result, and none of the answer before', async () => {
  const page = await open('lessons/run/');
  await page.keyboard.press('/');
  await page.locator('dialog.search[open]').waitFor();
  await page.keyboard.type('the input device is not a TTY');
  await page.keyboard.press('Enter');
  await page.waitForURL(/lessons\/run\/#pipe-it$/);
  const input = page.locator('.search input');
  await page.keyboard.press('/');
  await input.fill('docker rm parrot');
  await page.keyboard.press('Enter');
  await page.waitForURL(/lessons\/run\/#rm$/);
  // Whoever types on, or closes the search, has thought better of it.
  await page.keyboard.press('/');
  await input.fill('the input device is not a TTY');
  await page.keyboard.press('Enter');
  await page.keyboard.type(' here');
  await page.locator('.search li').first().getByText('TTY').waitFor();
  expect(await page.locator('dialog.search[open]').count()).toBe(1);
  await input.fill('docker ps');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  const answer = page.locator('.search li').first().filter({ hasText: 'docker ps' });
  await answer.waitFor({ state: 'attached' });
  expect(new URL(page.url()).hash).toBe('#rm');
  await page.context().close();
});

test('Escape closes the search at once, and so does its button on a phone; the focus goes back', async () => {
  const page = await open('lessons/run/', PHONE);
  const opener = page.locator('[data-search]');
  const isFocused = () => opener.evaluate((element) => element === document.activeElement);
  await opener.click();
  await page.locator('.search input').fill('docker rm');
  await page.locator('.search li').first().waitFor();
  await page.keyboard.press('Escape');
  expect(await page.locator('dialog.search[open]').count()).toBe(0);
  expect(await isFocused()).toBe(true);
  await opener.click();
  const close = await boxOf(page, '.search button');
  expect(Math.min(close.width, close.height)).toBeGreaterThanOrEqual(44);
  await page.getByRole('button', { name: 'Close the search' }).click();
  expect(await page.locator('dialog.search[open]').count()).toBe(0);
  expect(await isFocused()).toBe(true);
  await page.context().close();
});

test('a result of the search is set as printed only if what was found was typed or printed', async () => {
  const page = await open('lessons/run/');
  await page.keyboard.press('Control+k');
  const first = page.locator('.search li').first();
  // Stands behind a terminal.
  await page.locator('.search input').fill('that is a shop window');
  await first.getByText('shop').waitFor();
  expect(await first.locator('.excerpt').getAttribute('class')).toBe('excerpt');
  await page.locator('.search input').fill('the input device is not a TTY');
  await first.getByText('TTY').waitFor();
  expect(await first.locator('.excerpt').getAttribute('class')).toBe('excerpt mono');
  // The caption of a file does not stick to what is in it.
  await page.locator('.search input').fill('.dockerignore');
  await first.getByText('File .dockerignore *.mp4').waitFor();
  await page.locator('.search input').fill('docker run');
  await first.getByText('Commands you know · docker run').waitFor();
  expect(await first.locator('a').getAttribute('href')).toBe('/commands/#docker-run');
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
  for (const summary of await page.locator('summary:visible').all()) await summary.press('Enter');
  await page.locator('#pipe-it .play').click();
  await page.locator('.ap-player').waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await page.goto(site.url);
  expect(await axeFaults(page)).toEqual([]);
  await page.context().close();
});
