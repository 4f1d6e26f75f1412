import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { axeFaults, watchFaults } from '../support/browser.ts';
import { useRealSite } from '../support/real-site.ts';

/* The presenter's view of a lesson, and the notes for teachers. */

const site = useRealSite();
const { open } = site;

const PROJECTOR = { viewport: { width: 1280, height: 720 } };
/** A sentence of a note. */
const NOTE = 'Vote with hands';
/** What the notes say at about the half of a long lesson. */
const HALFWAY = 'minutes are over here.';

const shown = (page: Page) => page.evaluate(() => decodeURIComponent(location.hash.slice(1)));

async function present(path: string): Promise<Page> {
  const page = await open(`present/${path}`, PROJECTOR);
  await page.locator('.slide').waitFor();
  return page;
}

async function openNotes(page: Page): Promise<Page> {
  const [notes] = await Promise.all([page.waitForEvent('popup'), page.keyboard.press('n')]);
  await notes.locator('.left').waitFor();
  return notes;
}

describe("the presenter's view", () => {
  test('types a step command by command, and a second press shows the end', async () => {
    const page = await present('run/#first-run');
    const terminal = page.locator('.slide .screen');
    const text = () => terminal.evaluate((element) => (element as HTMLElement).innerText);
    expect(await text()).not.toContain('docker');
    await page.keyboard.press('PageDown');
    await page.locator('.ap-player').waitFor();
    await page.keyboard.press('PageDown');
    await expect.poll(text).toContain('Status: Downloaded newer image');
    expect(await text()).not.toContain('PRETTY_NAME');
    await page.reload();
    await expect.poll(text).toContain('Status: Downloaded newer image');
    expect(await text()).not.toContain('PRETTY_NAME');
    for (let key = 0; key < 4; key++) await page.keyboard.press('PageDown');
    await expect.poll(text).toMatch(/PRETTY_NAME[^]*exit/);
    await page.keyboard.press('PageDown');
    expect(await shown(page)).toBe('second-run');
    await page.keyboard.press('PageUp');
    expect(await shown(page)).toBe('first-run');
    expect(await text()).toMatch(/PRETTY_NAME[^]*exit/);
  });

  test('keeps what a command has printed in view, when it has ended by itself', async () => {
    const page = await present('run/#rm');
    await page.keyboard.press('PageDown');
    const stage = page.locator('.slide .stage');
    await stage.waitFor();
    // The next command waits.
    await page.locator('.slide .cmd.next').nth(0).waitFor({ state: 'attached' });
    await page.waitForTimeout(3000);
    expect(await stage.isVisible()).toBe(true);
  });

  test('runs the next command at once after one with a long output', async () => {
    const page = await present('images/#legacy');
    const typed = () => page.locator('.ap-player').innerText();
    await page.keyboard.press('PageDown');
    const following = page.locator('.slide .cmd.next', { hasText: 'docker images -a' });
    await following.first().waitFor({ state: 'attached' });
    expect(await typed()).not.toContain('docker images -a');
    await page.keyboard.press('PageDown');
    await expect.poll(typed).toContain('docker images -a');
  });

  test('ends with the commands that clean up', async () => {
    const page = await present('lifecycle/#leftovers');
    expect(await page.locator('.slide h2').textContent()).toBe('Clean up');
    expect(await page.locator('.slide').innerText()).toContain('docker rm -f');
    expect(await page.locator('.slide').innerText()).not.toContain('docker rmi');
    await page.keyboard.press('PageDown');
    await page.waitForURL(/present\/images\//);
  });

  test('scrolls what is longer than the screen before it goes on', async () => {
    const page = await present('run/#run-help');
    const top = () => page.locator('.slide .screen:visible').evaluate((one) => one.scrollTop);
    await page.keyboard.press('PageDown');
    await page.locator('.ap-player').waitFor();
    await page.keyboard.press('PageDown');
    await page.locator('.ap-player').waitFor({ state: 'detached' });
    // The command itself is in view.
    expect(await top()).toBeLessThan(20);
    await page.keyboard.press('PageDown');
    expect(await top()).toBeGreaterThan(100);
    expect(await shown(page)).toBe('run-help');
    await page.keyboard.press('s');
    expect(await shown(page)).toBe('who-does-the-work');
  });

  test('goes on to the next lesson and back, and the notes follow', async () => {
    const page = await present('run/#ps-all');
    const notes = await openNotes(page);
    await notes.keyboard.press('End');
    for (let key = 0; key < 30 && page.url().includes('/run/'); key++) {
      await notes.keyboard.press('PageDown');
      await page.waitForTimeout(100);
    }
    await page.waitForURL(/present\/lifecycle\//);
    await notes.waitForURL(/present\/lifecycle\/\?notes/);
    await page.locator('.slide').waitFor();
    await page.keyboard.press('PageUp');
    await page.waitForURL(/present\/run\/#\w/);
    expect(await page.locator('.at').textContent()).toMatch(/^(\d+) \/ \1$/);
    await notes.waitForURL(/present\/run\/\?notes/);
    // A lesson that is opened by its address.
    await page.goto(site.address('present/images/'));
    await notes.waitForURL(/present\/images\/\?notes/);
    await notes.getByRole('button', { name: 'Next lesson' }).click();
    await page.waitForURL(/present\/dockerfile\//);
    // An agenda has an order of its own.
    await page.goto(site.address('present/run/?lessons=run,-,volumes'));
    await page.locator('.slide').waitFor();
    await page.keyboard.press('l');
    await page.waitForURL(/present\/volumes\/\?lessons=run,-,volumes/);
    await notes.waitForURL(/present\/volumes\/\?notes/);
  });

  test('goes on from the notes as from the projector', async () => {
    const page = await present('run/#run-help');
    const notes = await openNotes(page);
    const player = page.locator('.ap-player');
    const top = () => page.locator('.slide .screen:visible').evaluate((one) => one.scrollTop);
    await notes.keyboard.press('PageDown');
    await player.waitFor();
    await notes.getByRole('button', { name: 'Next ›' }).click();
    await player.waitFor({ state: 'detached' });
    expect(await top()).toBeLessThan(20);
    await notes.keyboard.press('PageDown');
    await expect.poll(top).toBeGreaterThan(100);
    expect(await shown(page)).toBe('run-help');
  });

  test('begins at a section of the lesson', async () => {
    const page = await present('dockerfile/#settings-env-and-arg');
    expect(await shown(page)).toBe('env');
  });

  test('asks first, then runs, then answers', async () => {
    const page = await present('run/#no-it');
    expect(await page.locator('.verdict:visible, .why:visible').count()).toBe(0);
    await page.keyboard.press('a');
    await page.locator('.verdict:visible').first().waitFor();
    expect(await page.locator('[data-right] .verdict:visible').count()).toBe(1);
    await page.keyboard.press('PageUp');
    expect(await page.locator('.slide .screen').count()).toBe(1);
  });

  test('counts down the time for a task, in both windows', async () => {
    const page = await present('run/#your-turn');
    await page.clock.install();
    const timer = page.getByRole('timer');
    await page.keyboard.press('t');
    await expect.poll(() => timer.textContent()).toMatch(/^(10:00|9:5\d)$/);
    // There is still space for all hints.
    for (const key of ['PageDown', 'PageDown']) await page.keyboard.press(key);
    const hidden = page
      .locator('.slide')
      .evaluate((slide) => slide.scrollHeight - slide.clientHeight);
    expect(await hidden).toBe(0);
    const notes = await openNotes(page);
    const button = notes.getByRole('button', { name: 'Time for the task' });
    expect(await button.getAttribute('aria-pressed')).toBe('true');
    await expect.poll(() => notes.getByRole('timer').textContent()).toMatch(/^9:5\d$/);
    await page.clock.fastForward('10:00');
    await expect.poll(() => timer.textContent()).toBe('0:00');
    await button.click();
    await expect.poll(() => timer.isVisible()).toBe(false);
    // It does not go on over the next slide.
    await button.click();
    await timer.waitFor();
    await page.keyboard.press('s');
    await expect.poll(() => timer.isVisible()).toBe(false);
    await page.keyboard.press('t');
    expect(await timer.isVisible()).toBe(false);
  });

  test('is black after the last slide of the last lesson', async () => {
    const page = await present('run/?lessons=run');
    await page.keyboard.press('End');
    const isBlack = () => page.locator('.deck').evaluate((deck) => deck.matches('.black'));
    for (const black of [true, false, true]) {
      await page.keyboard.press('s');
      await expect.poll(isBlack).toBe(black);
    }
    // Back with a mouse or a finger.
    await page.mouse.click(600, 300);
    expect(await isBlack()).toBe(false);
    await page.getByRole('button', { name: 'Black' }).click();
    expect(await isBlack()).toBe(true);
  });

  test('turns black, and back with any key', async () => {
    const page = await present('run/#ps-all');
    await page.keyboard.press('b');
    await page.locator('.slide').waitFor({ state: 'hidden' });
    await page.keyboard.press('PageDown');
    await page.locator('.slide').waitFor();
    expect(await shown(page)).toBe('ps-all');
  });

  test.each([
    ['80 columns', 'run/#run-help'],
    ['a first line that begins with blanks', 'images/#images'],
  ])('has letters that the last row can read: %s', async (_, path) => {
    const page = await present(path);
    // So that the output of the command is shown at once.
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.keyboard.press('PageDown');
    await page.locator('.slide .cmd.next').waitFor({ state: 'detached' });
    const { size, cut } = await page.locator('.slide .screen:visible').evaluate((screen) => ({
      size: parseFloat(getComputedStyle(screen).fontSize),
      cut: screen.scrollWidth - screen.clientWidth,
    }));
    expect(size).toBeGreaterThanOrEqual(24);
    expect(cut).toBe(0);
  });

  test('shows notes and time in a second window, which follows and leads', async () => {
    const page = await present('run/#no-it');
    const notes = await openNotes(page);
    await notes.getByText(NOTE).waitFor();
    expect(await page.getByText(NOTE).count()).toBe(0);
    await notes.keyboard.press('PageDown');
    await expect.poll(() => shown(page)).toBe('no-it.2');
    // A note for a vote is on the slide with the question only.
    await expect.poll(() => notes.getByText(NOTE).count()).toBe(0);
    await page.keyboard.press('PageDown');
    await notes.getByText('1 of 1 commands').waitFor();
    await notes
      .locator('.left')
      .getByText(/^\d+ min left$/)
      .waitFor();
    await notes.keyboard.press('b');
    await page.locator('.deck.black').waitFor({ state: 'attached' });
    await notes.keyboard.press('b');
    await notes.keyboard.press('Home');
    await page.locator('.slide-title').waitFor();
    // Without a window for the room, the notes go on by themselves.
    const heading = await notes.locator('h2').first().textContent();
    await page.goto(site.address('teach/'));
    await notes.keyboard.press('End');
    await expect.poll(() => notes.locator('h2').first().textContent()).not.toBe(heading);
  });

  test.each(['run/#first-run', 'run/#no-it', 'run/?notes#no-it'])(
    'has no faults: %s',
    async (path) => {
      const context = await site.browser.newContext({ ...PROJECTOR, bypassCSP: true });
      try {
        const page = await context.newPage();
        const faults = await watchFaults(page, site.url);
        await page.goto(site.address(`present/${path}`));
        await page.locator('.slide').first().waitFor();
        expect(await axeFaults(page)).toEqual([]);
        expect(faults).toEqual({ violations: [], errors: [], foreign: [] });
      } finally {
        await context.close();
      }
    },
  );
});

test('notes are nowhere but in the presentation', async () => {
  const dist = join(site.root, 'dist');
  const read = (file: string) => readFile(join(dist, file), 'utf8');
  const files = ['lessons/run/index.html', 'lessons/run.md', 'llms-full.txt', 'recall/index.html'];
  for (const note of [NOTE, HALFWAY]) {
    expect(await read('present/run/index.html')).toContain(note);
    for (const file of files) expect(await read(file), file).not.toContain(note);
  }
  // Notes that are not translated say so.
  expect(await read('es/present/run/index.html')).toMatch(/<dd lang="en">\s*<p>Vote with hands/);
});
