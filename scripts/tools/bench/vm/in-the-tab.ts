import type { BrowserContext } from 'playwright-core';
import { Reader } from '../../fixtures/reader.ts';
import { openBrowser } from '../../../site/browser.ts';
import { buildSite, serveSite } from '../../../site/build.ts';
import { freePort } from '../../../site/port.ts';
import { duration, type Table } from '../table.ts';
import { serveSlowly } from './slow-server.ts';

/** It starts with both images of the state. */
const LESSON = 'lessons/small-images/';
const VISIT = { viewport: { width: 1280, height: 900 } };

/** Commands that are run in this order, each measured from Enter to the next prompt. */
const COMMANDS: readonly (readonly [name: string, line: string])[] = [
  ['`docker images`, the first', 'docker images'],
  ['`docker run --rm busybox true`, the first', 'docker run --rm busybox true'],
  ...['second', 'third', 'fourth', 'fifth'].map(
    (nth) => [`the same, the ${nth}`, 'docker run --rm busybox true'] as const,
  ),
  ['`docker ps -a`', 'docker ps -a'],
  ['`docker build` of three steps', 'docker build -q -t three three'],
  ['`docker run -d -p 8080:80`', 'docker run -d --name web -p 8080:80 busybox sleep 900'],
  ['`docker network create`', 'docker network create net'],
  ['`docker rm -f`', 'docker rm -f web'],
  ['`docker pull` of 5.6 MB', 'docker pull -q registry'],
];

/** Measures waiting times, downloaded bytes and memory of the browser lab in a real browser. */
export async function inTheTab(report: (line: string) => void): Promise<Table> {
  report('building the site');
  await buildSite({ stale: 'fail' });
  const browser = await openBrowser();
  const site = await serveSite({ port: await freePort() });
  const rows: string[][] = [];
  try {
    const context = await browser.newContext(VISIT);
    report('a first visit over 50 Mbit/s');
    const slow = await serveSlowly(site.url);
    const cold = await visit(context, slow.url);
    const bytes = slow.sent();
    await cold.reader.page.close();
    await slow.close();
    rows.push(
      ['bytes to the first prompt', `${(bytes / 1e6).toFixed(1)} MB`],
      ['press → prompt, 50 Mbit/s, empty cache', duration(cold.milliseconds)],
    );
    await context.close();

    report('a second visit');
    const again = await browser.newContext(VISIT);
    await (await visit(again, site.url)).reader.page.close();
    const { reader, milliseconds } = await visit(again, site.url);
    rows.push(['press → prompt, warm cache', duration(milliseconds)]);
    await reader.types(
      "mkdir three; printf 'FROM busybox\\nRUN true\\nCMD true\\n' > three/Dockerfile",
    );
    const longest = await reader.longestTask(async () => {
      for (const [name, line] of COMMANDS) {
        report(line);
        rows.push([name, duration((await reader.timed(line)).milliseconds)]);
      }
    });
    rows.push(
      ['longest task of the page meanwhile, processor time', duration(longest)],
      ['memory of the emulator, of the page', await memory(reader)],
      ['reset → prompt', duration(await reset(reader))],
    );
  } finally {
    await browser.close();
    await site.close();
  }
  return { title: 'Browser lab, in Chromium', head: ['', 'single runs'], rows };
}

async function visit(
  context: BrowserContext,
  url: string,
): Promise<{ reader: Reader; milliseconds: number }> {
  const reader = new Reader(await context.newPage());
  await reader.page.goto(url + LESSON);
  return { reader, milliseconds: await reader.openDocker() };
}

/** Memory of the emulator, as shown in the panel, and of the JavaScript of the page. */
async function memory({ page }: Reader): Promise<string> {
  const heap = await page.evaluate(
    () => (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize,
  );
  await page.getByRole('button', { name: 'What runs here' }).click();
  const emulator = await page.locator('.lab-about [data-memory]').getAttribute('data-memory');
  return [Number(emulator), heap].map((bytes) => `${(bytes / 1e6).toFixed(0)} MB`).join(', ');
}

async function reset({ page }: Reader): Promise<number> {
  await page.keyboard.press('Escape'); // the dialog with the memory
  const start = performance.now();
  await page.getByRole('button', { name: 'Reset' }).click();
  await page.locator('.lab-status', { hasText: 'Reset to the initial state.' }).waitFor();
  return performance.now() - start;
}
