import { expect } from 'vitest';
import type { Page } from 'playwright-core';

/** A long task of the page: began so many milliseconds after the page, and took so long. */
export interface LongTask {
  readonly start: number;
  readonly duration: number;
}

/** A machine that is emulated on a busy machine takes its time; in milliseconds. */
export const LIMIT = 200_000;

/** What a reader does with their own Docker on a lesson's page. */
export class Reader {
  readonly page: Page;
  private commands = 0;

  constructor(page: Page) {
    this.page = page;
    page.setDefaultTimeout(LIMIT);
  }

  /** Watches from before the first load. */
  static async watch(page: Page): Promise<Reader> {
    await page.addInitScript(() => {
      const place = window as unknown as { longTasks: LongTask[] };
      place.longTasks = [];
      new PerformanceObserver((list) => {
        for (const { startTime: start, duration } of list.getEntries())
          place.longTasks.push({ start, duration });
      }).observe({ entryTypes: ['longtask'] });
    });
    return new Reader(page);
  }

  /** Presses the button and waits for the prompt. Resolves with the milliseconds between. */
  async openDocker(): Promise<number> {
    await this.page.locator('[data-vm]').click();
    await this.page.locator('.lab[data-state="running"]').waitFor({ timeout: LIMIT });
    return this.page.evaluate(
      () => performance.getEntriesByName('lab-prompt').at(-1)?.duration ?? Number.NaN,
    );
  }

  /** Types a command line and waits until it has ended. Resolves with what it printed; it must end with the status. */
  async types(line: string, status = 0): Promise<string> {
    const mark = `end ${++this.commands}`;
    await this.page.locator('.xterm-helper-textarea').focus();
    await this.page.keyboard.type(`clear; ${line}; echo end $((${this.commands})) $?\n`);
    await this.page.waitForFunction(
      (text) =>
        [...document.querySelectorAll('.xterm-rows > div')].some((row) =>
          row.textContent.startsWith(`${text} `),
        ),
      mark,
      { timeout: LIMIT, polling: 50 },
    );
    const rows = (await this.screen()).split('\n');
    const end = rows.findIndex((row) => row.startsWith(mark));
    const output = rows.slice(0, end).join('\n');
    expect(rows[end], output).toBe(`${mark} ${status}`);
    return output;
  }

  /** What the terminal shows. */
  async screen(): Promise<string> {
    const rows = await this.page.locator('.xterm-rows > div').allTextContents();
    return rows.map((row) => row.replaceAll('\u00a0', ' ').trimEnd()).join('\n');
  }

  /** The long tasks of the page since a time of its own clock. */
  longTasks(since: number): Promise<LongTask[]> {
    return this.page.evaluate(
      (from) =>
        (window as unknown as { longTasks: LongTask[] }).longTasks.filter(
          ({ start }) => start >= from,
        ),
      since,
    );
  }

  now(): Promise<number> {
    return this.page.evaluate(() => performance.now());
  }
}
