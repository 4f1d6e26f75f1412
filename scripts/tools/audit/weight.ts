import { gzipSync } from 'node:zlib';
import type { Browser, Page, Response } from 'playwright-core';

/** Maximum size of a lesson page before any click, and what Play may add; gzip, in bytes. */
export const BUDGET = { bytes: 31 * 1024, requests: 5, player: 75 * 1024 } as const;

export interface Weight {
  readonly bytes: number;
  readonly requests: number;
  /** What Play loaded in addition, in bytes. */
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
    const played = weigh(page);
    await page.locator('.play:visible').first().click();
    await page.locator('.ap-player').waitFor();
    return { bytes: sum(before), requests: before.length, player: sum(await played()) };
  } finally {
    await context.close();
  }
}

/** Gzip sizes, in bytes, of everything a page loads from now until it is idle for half a second. */
export function weigh(page: Page): () => Promise<number[]> {
  const sizes: Promise<number>[] = [];
  const note = (response: Response) => {
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
