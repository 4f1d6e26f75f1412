import { gzipSync } from 'node:zlib';
import type { Browser, Page, Response } from 'playwright-core';

/** What a lesson page may weigh before any click, and what Play may add: bytes, gzip. */
export const BUDGET = { bytes: 26 * 1024, requests: 5, player: 75 * 1024 } as const;

/** A page as it was loaded. */
export interface Weight {
  readonly bytes: number;
  readonly requests: number;
  /** What Play loaded besides. */
  readonly player: number;
}

/** Loads a lesson page, and then the player of its first step. */
export async function lessonWeight(browser: Browser, url: string): Promise<Weight> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const loaded = weigh(page);
    await page.goto(url);
    const before = await loaded();
    const played = weigh(page);
    await page.locator('.play').first().click();
    await page.locator('.ap-player').waitFor();
    return { bytes: sum(before), requests: before.length, player: sum(await played()) };
  } finally {
    await context.close();
  }
}

/** Sizes of what a page loads from now until it is quiet for half a second, gzip, in bytes. */
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
