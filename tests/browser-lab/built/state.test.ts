import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listen } from '../../support/browser.ts';
import { useLabSite } from '../../support/lab-site.ts';
import { LIMIT, Reader } from '../../../scripts/tools/fixtures/reader.ts';

/* What readers did in their own Docker is there after a reload; and a page without HTTPS. */

const DESKTOP = { viewport: { width: 1280, height: 900 } };
const LESSON = 'lessons/left/';
const RESUMED = 'Your Docker is as you left it here.';

const SOURCE = `---
title: Left
description: For a test.
images: [busybox]
---

\`\`\`console one
$ docker tag busybox one; seq -f 'one %g' 15
\`\`\`

\`\`\`console two
$ docker tag one two; seq -f 'two %g' 15
\`\`\`

\`\`\`console three
$ docker images -q two | wc -l
\`\`\`
`;

const OTHER = `---
title: Other
description: For a test.
images: [busybox]
---

\`\`\`console only
$ true
\`\`\`
`;

/** What `seq` prints in a step. */
const counted = (step: string) =>
  Array.from({ length: 15 }, (_, index) => `${step} ${index + 1}\r\n`).join('');

const site = useLabSite({
  lessons: [
    {
      id: 'left',
      source: SOURCE,
      recorded: { one: [counted('one')], two: [counted('two')], three: ['1\r\n'] },
    },
    { id: 'other', source: OTHER, recorded: { only: [''] } },
  ],
});

async function visit(context: BrowserContext, address = site.address(LESSON)) {
  const reader = new Reader(await context.newPage());
  await reader.page.goto(address);
  return reader;
}

/** Waits until what was done before is saved; resolves with its size in bytes. */
async function saved({ page }: Reader): Promise<number> {
  const handle = await page.waitForFunction(
    (since) => {
      const saves = performance.getEntriesByName('lab-saved') as PerformanceMeasure[];
      const last = saves.find(({ startTime }) => startTime >= since);
      return last?.detail as { bytes: number } | undefined;
    },
    await page.evaluate(() => performance.now()),
    { timeout: LIMIT },
  );
  return (await handle.evaluate((detail) => detail?.bytes)) ?? Number.NaN;
}

const says = ({ page }: Reader, text: string) =>
  page.locator('.lab-status', { hasText: text }).waitFor();

describe('a reload', () => {
  let context: BrowserContext;
  let reader: Reader;
  beforeAll(async () => {
    context = await site.browser.newContext(DESKTOP);
    reader = await visit(context);
    await reader.openDocker();
  });
  afterAll(() => context.close());

  test('keeps containers, files, variables, the screen and the right time', async () => {
    const { page } = reader;
    await reader.types('docker run -d --name web busybox sleep 9999; MINE=here; echo text > file');
    await page.keyboard.type('echo half');
    const longest = await reader.longestTask(() => saved(reader));
    expect(longest).toBeLessThan(50);
    await page.reload();
    await reader.openDocker();
    await says(reader, RESUMED);
    expect(await reader.screen()).toMatch(/^[0-9a-f]{64}\nend 1 0\n\$ echo half$/m);
    await page.locator('.xterm-helper-textarea').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => reader.screen()).toMatch(/^half$/m);
    // A screen reader hears what is new, and not what was on the screen before the reload.
    const log = page.getByRole('log');
    await expect.poll(() => log.textContent(), { timeout: LIMIT }).toContain('half');
    expect(await log.textContent()).not.toContain('end 1 0');
    expect(await reader.types('echo $MINE; cat file; docker ps --format "{{.Names}}"')).toBe(
      'here\ntext\nweb',
    );
    const time = Number(await reader.types('date +%s'));
    expect(Math.abs(time - Date.now() / 1000)).toBeLessThan(20);
  });

  test('leaves a Docker that works, and is saved again', async () => {
    expect(await reader.types('docker run --rm busybox echo hi')).toBe('hi');
    expect(await reader.types('docker exec web echo in')).toBe('in');
    expect(await saved(reader)).toBeLessThan(30e6);
  });

  test('keeps which steps were run, and the page says how much it has saved', async () => {
    const { page } = reader;
    const heard = await listen(page);
    await page.getByRole('button', { name: 'Start here: run the steps before three' }).click();
    await says(reader, 'The steps before three have been run');
    // Each step is announced, although xterm.js stops after 20 lines.
    await expect.poll(heard, { timeout: LIMIT }).toContain('two 15');
    expect(await reader.types('docker images -q two | wc -l')).toBe('1');
    expect(await page.locator('.outcome').count()).toBe(0);
    await saved(reader);
    await page.reload();
    await reader.openDocker();
    await reader.types('docker rmi one');
    await page.getByRole('button', { name: 'Run in my tab: three' }).click();
    await page.locator('#three .outcome', { hasText: 'Just as recorded.' }).waitFor();
    expect(await reader.types('docker images -q one | wc -l')).toBe('0');

    await page.getByRole('button', { name: 'What runs here' }).click();
    const about = page.getByRole('dialog', { name: 'What runs here' });
    expect(await about.textContent()).toMatch(/saved in this browser: [1-9]\d*\.\d MB/);
    await about.getByRole('button', { name: 'Close' }).click();
  });

  test('brings nothing back after a reset, nor on another lesson', async () => {
    const { page } = reader;
    await reader.types('echo > gone');
    await saved(reader);
    const other = await visit(context, site.address('lessons/other/'));
    await other.openDocker();
    expect(await other.types('ls; docker ps -aq')).toBe('');
    await other.page.close();
    await page.getByRole('button', { name: 'Reset' }).click();
    await says(reader, 'Reset to the initial state.');
    await page.reload();
    await reader.openDocker();
    expect(await reader.types('ls; docker ps -aq')).toBe('');
  });
});

test('of two tabs, the last one to save is resumed, as a whole', async () => {
  const context = await site.browser.newContext(DESKTOP);
  const one = await visit(context);
  await one.openDocker();
  const other = await visit(context);
  await other.openDocker();
  await other.types('echo other > other');
  await saved(other);
  await one.page.bringToFront();
  await one.types('echo one > one');
  await saved(one);
  await other.page.reload();
  await other.openDocker();
  expect(await other.types('ls; docker run --rm busybox echo works')).toBe('one\nworks');
  await context.close();
});

test('a browser that has no space says so, and the machine continues', async () => {
  const context = await site.browser.newContext(DESKTOP);
  const reader = await visit(context);
  const session = await context.newCDPSession(reader.page);
  const { origin } = new URL(site.url);
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1000 });
  await reader.openDocker();
  await reader.types('echo first');
  await says(reader, 'cannot be saved');
  expect(await reader.types('docker run --rm busybox echo on')).toBe('on');
  await context.close();
});

test('a page loaded over plain HTTP has everything that needs no secure context', async () => {
  const context = await site.browser.newContext(DESKTOP);
  const address = 'http://lab.example/';
  await context.route(`${address}**`, (route) =>
    route.continue({ url: route.request().url().replace(address, site.url) }),
  );
  const reader = await visit(context, address + LESSON);
  const { page } = reader;
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  expect(await page.evaluate(() => isSecureContext)).toBe(false);
  await reader.openDocker();
  expect(await page.getByRole('button', { name: 'Keep for offline' }).count()).toBe(0);
  await reader.types('echo copy-me > file');
  await saved(reader);
  await page.reload();
  await reader.openDocker();
  expect(await reader.types('cat file')).toBe('copy-me');
  const row = page.locator('.xterm-rows > div', { hasText: /^copy-me/ });
  // The screen lies above its rows.
  await row.dblclick({ position: { x: 20, y: 5 }, force: true });
  await page.keyboard.press('Control+c');
  await says(reader, 'Copied');
  await page.keyboard.press('Control+v');
  await expect.poll(() => reader.screen()).toContain('$ copy-me');
  expect(errors).toEqual([]);
  await context.close();
});

test('in forced colours, the terminal keeps its colours, so that its cursor is visible', async () => {
  const context = await site.browser.newContext({ ...DESKTOP, forcedColors: 'active' });
  const reader = await visit(context);
  await reader.openDocker();
  const background = (selector: string) =>
    reader.page.locator(selector).evaluate((element) => getComputedStyle(element).backgroundColor);
  expect(await background('.xterm-cursor')).not.toBe(await background('.lab'));
  await context.close();
});
