import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { visitAll } from '../support/browser.ts';
import { PHONE, useRealSite, WIDE } from '../support/real-site.ts';
import { boxOf, isFocused } from '../support/site-page.ts';

/* How a lesson is laid out beside its terminals, and what a reader can do with it. */

/** Widths from a small phone to a large screen, in pixels. */
const WIDTHS = [320, 390, 820, 1152, 1280, 1440, 1920];

const site = useRealSite();
const { address, open } = site;

/** The paths of all lessons, as listed on the first page. */
async function lessonPaths(page: Page): Promise<string[]> {
  const paths = await page
    .locator('.box a')
    .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).pathname));
  expect(paths.length).toBeGreaterThan(9);
  return paths;
}

/** Rows whose screen is not right below its introduction, or not above its explanation. */
function misplaced(page: Page): Promise<string[]> {
  return page.locator('.row').evaluateAll((rows) =>
    rows.flatMap((row) => {
      const part = (name: string) => row.querySelector(`:scope > .${name}`);
      const box = (element?: Element | null) => element?.getBoundingClientRect();
      const shown = box(part('shown'));
      const introduced = box(part('before')?.lastElementChild);
      const explained = box(part('after'));
      // In a folded solution, nothing has a position.
      if (shown === undefined || !row.checkVisibility()) return [];
      const far =
        introduced !== undefined &&
        (shown.top < introduced.bottom || shown.top - introduced.bottom > 32);
      const early = explained !== undefined && explained.top < shown.bottom;
      const name = row.querySelector('figure')?.id ?? '';
      return [...(far ? [`${name} is far`] : []), ...(early ? [`${name} is explained`] : [])];
    }),
  );
}

/** The width of prose, and the average number of characters in a full line. */
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
  // On average, the last line of a paragraph is half as long as the others.
  const long = lines.filter((text) => text.lines > 2);
  const sum = (of: (text: (typeof long)[number]) => number) =>
    long.reduce((all, text) => all + of(text), 0);
  return {
    width: Math.max(...lines.map(({ width }) => width)),
    characters: sum(({ characters }) => characters) / sum((text) => text.lines - 0.5),
  };
}

/** Code in prose that breaks where it must not, leaves its bracket, or is wider than the window. */
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

describe('every lesson', () => {
  let lessons: string[];
  /** What is wrong with the layout at each width; every lesson is loaded once. */
  const faults = { command: [] as string[], screens: [] as string[], code: [] as string[] };

  beforeAll(async () => {
    const context = await site.browser.newContext(WIDE);
    const first = await context.newPage();
    await first.goto(site.url);
    lessons = await lessonPaths(first);
    const open = () => context.newPage();
    await visitAll(open, lessons.map(address), async (page, url) => {
      if (!(await showsCommand(page))) faults.command.push(url);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        for (const step of await misplaced(page))
          faults.screens.push(`${url} at ${width}: ${step}`);
        for (const code of await page.evaluate(brokenCode))
          faults.code.push(`${url} at ${width}: ${code}`);
      }
      await page.setViewportSize({ width: 1440, height: 900 });
    });
  });

  /**
   * Whether the first command of a page is in the window, or what comes before it: the name of a
   * file, or the question of a prediction.
   */
  async function showsCommand(page: Page): Promise<boolean> {
    const { y, height } = await boxOf(page, ':is(.cmd, .ask > .alone, [data-file] figcaption)');
    return y + height <= (page.viewportSize()?.height ?? 0);
  }

  test('shows its first command or file at once: on a wide screen', () => {
    expect(faults.command).toEqual([]);
  });

  test('shows its first command or file at once: on a phone', async () => {
    const context = await site.browser.newContext(PHONE);
    const open = () => context.newPage();
    await visitAll(open, lessons.map(address), async (page, url) => {
      expect(await showsCommand(page), url).toBe(true);
    });
  });

  test('introduces a screen right above it, and explains it below, at every width', () => {
    expect(faults.screens).toEqual([]);
  });

  test('has a value for each version in its proof', async () => {
    const page = await open('');
    for (const path of lessons) {
      await page.goto(address(path));
      const versions = await page.locator('.proof dd').allTextContents();
      expect(versions.length, path).toBeGreaterThan(9);
      for (const version of versions) expect(version, path).toMatch(/^\w/);
    }
  });

  test('never separates code from its bracket, or breaks an option at its hyphens', () => {
    expect(faults.code).toEqual([]);
  });
});

describe('a lesson', () => {
  test('has lines of a readable length, as wide at 1152 pixels as at 1920', async () => {
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
  });

  test('has terminals as wide as the bar at the top, which fit 80 columns', async () => {
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
  });

  test.each([
    ['with scripts', true],
    ['without scripts', false],
  ])('shows where a screen is cut off, and only there: %s', async (_name, javaScriptEnabled) => {
    const page = await open('lessons/cache/', { ...WIDE, javaScriptEnabled });
    const hint = (step: string) =>
      page
        .locator(`#${step} .out:last-of-type`)
        .evaluate((out) => parseFloat(getComputedStyle(out, '::after').height));
    await expect.poll(() => hint('typo')).toBeGreaterThan(16);
    expect(await hint('cold')).toBe(0);
    await page.setViewportSize({ width: 390, height: 844 });
    await expect.poll(() => hint('cold')).toBeGreaterThan(16);
  });

  test('shows where a file is cut off', async () => {
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
    for (const [isCut, isShown] of await hints()) expect(isShown).toBe(isCut);
  });

  test('keeps the recorded colour of marked text', async () => {
    const page = await open('lessons/cache/');
    const mark = page.locator('#cold mark.f-78b4ff').first();
    const style = (property: string) =>
      mark.evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);
    expect(await style('color')).toBe('rgb(120, 180, 255)');
    expect(await style('text-decoration-style')).toBe('dotted');
  });

  test('lists its sections beside it, and marks the current one', async () => {
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
  });

  test.each([320, 820, 1100])(
    'names the current section in a line that stays in view: %i pixels wide',
    async (width) => {
      const page = await open('lessons/run/', { viewport: { width, height: 700 } });
      const line = page.locator('.yard summary');
      expect(await line.locator('.here').innerText()).toBe('A2 Run your first container');
      await page.goto(address('lessons/run/#help-is-built-in'));
      await expect.poll(() => line.locator('.here').innerText()).toBe('A2 Help is built in');
      const { y, height } = await boxOf(page, '.yard summary');
      const bar = await boxOf(page, '.top');
      expect(Math.abs(y - bar.height)).toBeLessThan(2);
      // The target of the link is not covered.
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
      expect(await isFocused(line)).toBe(true);
      expect(await page.evaluate(() => scrollY)).toBe(read);
      await line.click();
      await page.locator('.sections a').first().click();
      await list.waitFor({ state: 'hidden' });
      await expect.poll(() => line.locator('.here').innerText()).toBe('A2 One command');
    },
  );

  test('shows the current section and its buttons in forced colours', async () => {
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
  });

  test('copies all commands of a step, and a whole file', async () => {
    const page = await open('lessons/cache/', {
      ...WIDE,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await page.locator('#changed-again .copy.all').click();
    expect(await copied()).toBe(
      "echo '/usr/games/cowsay Bye.' >> hello.sh\ndocker build -t hello .",
    );
    await page.locator('.code[data-file="hello.sh"] .copy').click();
    expect(await copied()).toBe('/usr/games/cowsay You Like Docker.\n');
  });

  test('has no button to copy all commands if they go to more than one shell', async () => {
    const page = await open('lessons/run/');
    const first = page.locator('#first-run');
    await first.locator('.cmd .copy').nth(2).waitFor();
    expect(await first.locator('.copy.all').count()).toBe(0);
  });

  test('makes the copy buttons of a step one stop for Tab, and arrow keys move between them', async () => {
    const page = await open('lessons/run/');
    const copies = page.locator('#first-run .copy');
    await copies.nth(2).waitFor();
    expect(await page.locator('#first-run .copy[tabindex="0"]').count()).toBe(1);
    await page.locator('#first-run .play').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await isFocused(copies.nth(2))).toBe(true);
    await page.keyboard.press('Tab');
    expect(await page.locator('#first-run .about summary:focus').count()).toBe(1);
    await page.keyboard.press('Shift+Tab');
    expect(await isFocused(copies.nth(2))).toBe(true);
  });

  test('tells screen readers what is typed and what is printed, and why text will differ', async () => {
    const page = await open('lessons/run/');
    const step = page.getByRole('figure', { name: 'Step first-run', exact: true });
    await step.locator('.play').waitFor();
    const heard = await step.ariaSnapshot();
    expect(heard.match(/Command:/g)).toHaveLength(3);
    expect(heard.indexOf('Command:')).toBeLessThan(heard.indexOf('Output:'));
    await step.locator('.about summary').press('Enter');
    expect(await step.getByRole('listitem').first().textContent()).toContain('yours will differ: ');
    expect(await step.getByRole('link', { name: 'cast', exact: true }).isVisible()).toBe(true);
  });

  test('explains a mark when it is tapped', async () => {
    const page = await open('lessons/run/', PHONE);
    await page.locator('#first-run .play').waitFor();
    await page.locator('#first-run .screen mark').first().tap();
    expect(await page.locator('#first-run .about li').first().isVisible()).toBe(true);
  });
});

test('links above each other in a lesson are large enough for a finger', async () => {
  const page = await open('lessons/run/', PHONE);
  await page.locator('.yard summary').tap();
  for (const selector of ['.languages a', '.sections a', '.stack a[href]']) {
    const heights = await page
      .locator(selector)
      .evaluateAll((links) => links.map((link) => link.getBoundingClientRect().height));
    expect(Math.min(...heights), selector).toBeGreaterThanOrEqual(44);
  }
});

test('the footer of a short page is at the bottom of the window', async () => {
  const page = await open('404.html');
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    const { y, height } = await boxOf(page, '.bottom');
    expect(y + height, `at ${width}`).toBeCloseTo(900, 0);
  }
});

test('on the first page no box is alone in its row, and no letter of a part is missing', async () => {
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
  expect(letters.join('')).toBe('ABCDEFGH'.slice(0, letters.length));
});
