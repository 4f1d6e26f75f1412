import { gzipSync } from 'node:zlib';
import type { Browser, Page, Response } from 'playwright-core';

/**
 * Maximum size of a lesson page before any click, and what the player that Play loads may add to
 * it, without the recording that it plays; gzip, in bytes.
 */
export const BUDGET = { bytes: 31 * 1024, requests: 5, player: 75 * 1024 } as const;

export interface Weight {
  readonly bytes: number;
  readonly requests: number;
  /** What Play loaded in addition, except for the recording, in bytes. */
  readonly player: number;
}

/** Measures a lesson page, and then the player of its first step. */
export async function lessonWeight(browser: Browser, url: string): Promise<Weight> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const loaded = weigh(page);
    await page.goto(url);
    const before = await loaded();
    const played = weigh(page, isPlayer);
    await page.locator('.play:visible').first().click();
    await page.locator('.ap-player').waitFor();
    return { bytes: sum(before), requests: before.length, player: sum(await played()) };
  } finally {
    await context.close();
  }
}

/** Whether what Play loads is the player, and not the recording. */
export function isPlayer(url: string): boolean {
  return !url.endsWith('.cast');
}

/**
 * Gzip sizes, in bytes, of what a page loads from now until it is idle for half a second.
 * @param counts whether what has this URL is counted; everything by default
 */
export function weigh(
  page: Page,
  counts: (url: string) => boolean = () => true,
): () => Promise<number[]> {
  const sizes: Promise<number>[] = [];
  const note = (response: Response) => {
    if (!counts(response.url())) return;
    sizes.push(response.body().then((body) => gzipSync(body).length));
  };
  page.on('response', note);
  return async () => {
    for (let known = -1; known !== sizes.length;) {
      known = sizes.length;
      await page.waitForTimeout(500);
    }
    page.off('response', note);
    return Promise.all(sizes);
  };
}

export function sum(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total + size, 0);
}
