import { expect, test } from 'vitest';
import { readRecording } from '../../scripts/tools/fixtures/project.ts';
import { recordingPaths } from '../../src/core/recording/paths.ts';
import { axeFaults } from '../support/browser.ts';
import { openFirefox, watchFirefox } from '../support/firefox.ts';
import { PHONE, useRealSite, WIDE } from '../support/real-site.ts';
import { boxOf, isFocused, plain } from '../support/site-page.ts';

/* How a reader gets through the site: with the search, the keyboard, a phone, another browser. */

const site = useRealSite();
const { address, open } = site;

test.each(['light', 'dark'] as const)(
  'the theme button goes through all themes, back to that of the system: %s',
  async (colorScheme) => {
    const page = await open('', { ...WIDE, colorScheme });
    const toggle = page.locator('[data-theme-toggle]');
    const now = () =>
      page.evaluate(() => {
        const bars = [...document.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]')];
        const colours = bars.filter(({ media }) => matchMedia(media).matches);
        // In the notation of computed colours.
        const probe = document.body.appendChild(document.createElement('i'));
        const announced = colours.map(({ content }) => {
          probe.style.color = content;
          return getComputedStyle(probe).color;
        });
        probe.remove();
        return { background: getComputedStyle(document.body).backgroundColor, announced };
      });
    const first = await now();
    expect(first.announced).toEqual([first.background]);
    const [other, same] = colorScheme === 'light' ? ['dark', 'light'] : ['light', 'dark'];
    expect(await toggle.getAttribute('aria-label')).toBe('Theme: system');
    await toggle.click();
    const second = await now();
    expect(second.background).not.toBe(first.background);
    expect(second.announced).toEqual([second.background]);
    expect(await toggle.getAttribute('aria-label')).toBe(`Theme: ${other}`);
    await page.reload();
    expect(await now()).toEqual(second);
    await toggle.click();
    expect(await now()).toEqual(first);
    expect(await toggle.getAttribute('aria-label')).toBe(`Theme: ${same}`);
    await toggle.click();
    expect(await toggle.getAttribute('aria-label')).toBe('Theme: system');
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
  },
);

test('the page for addresses that do not exist offers the search', async () => {
  const page = await open('no-such-page/');
  await page.getByRole('button', { name: 'Search the workshop' }).click();
  await page.locator('dialog.search[open]').waitFor();
});

test('in Firefox, a lesson opens, a cast plays to its end, and the search finds a step', async () => {
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
    const screen = await readRecording(site, recordingPaths.screen('run', 'first-run'));
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

test('the keyboard alone leads from the first page to a finished lesson', async () => {
  const page = await open('');
  /** Presses Tab until `selector` has the focus, and checks that the focus is visible. */
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
    throw new Error(`Tab does not reach ${selector}`);
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
});

test('the search returns the focus, and Enter opens the first result', async () => {
  const page = await open('lessons/run/');
  const link = page.locator('#rm .id');
  await link.focus();
  await page.keyboard.press('Control+k');
  await page.locator('.search input').fill('docker rm');
  await page.locator('.search li').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Escape');
  expect(await isFocused(link)).toBe(true);

  await page.keyboard.press('/');
  await page.locator('.search input').fill('docker rm parrot');
  await page.locator('.search li').first().getByText('docker rm parrot').waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(/lessons\/run\/#rm$/);
  // The reader continues at the result, not where the search was opened.
  await page.keyboard.press('Tab');
  const isThere = () =>
    page.locator('#rm').evaluate((step) => step.contains(document.activeElement));
  expect(await isThere()).toBe(true);
});

test('Enter before the results arrive opens the first of them, not one of an earlier query', async () => {
  const page = await open('lessons/run/');
  await page.keyboard.press('/');
  await page.locator('dialog.search[open]').waitFor();
  await page.keyboard.type('the input device is not a TTY');
  await page.keyboard.press('Enter');
  await page.waitForURL(/errors\/#not-a-tty$/);
  const input = page.locator('.search input');
  await page.keyboard.press('/');
  await input.fill('docker rm parrot');
  await page.keyboard.press('Enter');
  await page.waitForURL(/lessons\/run\/#rm$/);
  // Typing on, or closing the search, cancels Enter.
  await page.keyboard.press('/');
  await input.fill('the input device is not a TTY');
  await page.keyboard.press('Enter');
  await page.keyboard.type(' here');
  await page.locator('.search li').first().getByText('TTY').first().waitFor();
  expect(await page.locator('dialog.search[open]').count()).toBe(1);
  await input.fill('docker ps');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  const answer = page.locator('.search li').first().filter({ hasText: 'docker ps' });
  await answer.waitFor({ state: 'attached' });
  expect(new URL(page.url()).hash).toBe('#rm');
});

test('Escape closes the search at once, as does its button on a phone, and the focus returns', async () => {
  const page = await open('lessons/run/', PHONE);
  const opener = page.locator('[data-search]');
  await opener.click();
  await page.locator('.search input').fill('docker rm');
  await page.locator('.search li').first().waitFor();
  await page.keyboard.press('Escape');
  expect(await page.locator('dialog.search[open]').count()).toBe(0);
  expect(await isFocused(opener)).toBe(true);
  await opener.click();
  const close = await boxOf(page, '.search button');
  expect(Math.min(close.width, close.height)).toBeGreaterThanOrEqual(44);
  await page.getByRole('button', { name: 'Close the search' }).click();
  expect(await page.locator('dialog.search[open]').count()).toBe(0);
  expect(await isFocused(opener)).toBe(true);
});

test('a search result looks like a terminal only if the text found was typed or printed', async () => {
  const page = await open('lessons/run/');
  await page.keyboard.press('Control+k');
  const first = page.locator('.search li').first();
  // This text is next to a terminal.
  await page.locator('.search input').fill('that is a shop window');
  await first.getByText('shop').waitFor();
  expect(await first.locator('.excerpt').getAttribute('class')).toBe('excerpt');
  await page.locator('.search input').fill('PRETTY_NAME');
  await first.getByText('PRETTY_NAME').waitFor();
  expect(await first.locator('.excerpt').getAttribute('class')).toBe('excerpt mono');
  // The caption of a file is separated from its content.
  await page.locator('.search input').fill('.dockerignore');
  await page
    .locator('.search li')
    .getByText(/File \.dockerignore \S/)
    .first()
    .waitFor();
  await page.locator('.search input').fill('docker run');
  await first.getByText('Commands you know · docker run').waitFor();
  expect(await first.locator('a').getAttribute('href')).toBe('/commands/#docker-run');
});

test.each([
  ['wide, light', { ...WIDE, colorScheme: 'light' as const }],
  ['wide, dark', { ...WIDE, colorScheme: 'dark' as const }],
  ['phone', PHONE],
])('axe finds no fault with steps ticked, unfolded, and played: %s', async (_name, options) => {
  const page = await open('lessons/run/', { ...options, bypassCSP: true });
  await page.locator('#first-run .done').click();
  await page.locator('[data-finish]').click();
  // What is unfolded may unfold more: an answer opens its cover, with all that is in it.
  await page.evaluate(() => {
    const next = () =>
      [...document.querySelectorAll<HTMLElement>('main details:not([open]) > summary')].find(
        (each) => each.checkVisibility(),
      );
    for (let summary = next(); summary !== undefined; summary = next()) summary.click();
  });
  await page.locator('#pipe-it .play').click();
  await page.locator('.ap-player').waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await page.goto(site.url);
  expect(await axeFaults(page)).toEqual([]);
});
