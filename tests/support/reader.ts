import { expect } from 'vitest';
import type { Page } from 'playwright-core';

/** An event of Chromium's trace: of a thread, in microseconds; `tdur` is the processor's time. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly tdur?: number;
  readonly args: { readonly name?: string };
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
    return (await this.timed(line, status)).output;
  }

  /** The same; resolves also with the milliseconds from Enter to the end of what it printed. */
  async timed(line: string, status = 0): Promise<{ output: string; milliseconds: number }> {
    const mark = `end ${++this.commands}`;
    await this.page.locator('.xterm-helper-textarea').focus();
    // Clears the screen without a program of its own.
    const typed = String.raw`printf '\e[H\e[2J'; ${line}; echo end $((${this.commands})) $?`;
    await this.page.keyboard.type(typed);
    const wait = { timeout: LIMIT, polling: 20 };
    // Its echo may be broken into rows anywhere.
    await this.page.waitForFunction(
      (text) => {
        const rows = document.querySelectorAll('.xterm-rows > div');
        const shown = [...rows].map((row) => row.textContent).join('');
        return shown.replace(/\s/g, '').includes(text);
      },
      `echoend$((${this.commands}))$?`,
      wait,
    );
    const start = performance.now();
    await this.page.keyboard.press('Enter');
    await this.page.waitForFunction(
      (text) =>
        [...document.querySelectorAll('.xterm-rows > div')].some((row) =>
          row.textContent.startsWith(text),
        ),
      `${mark} `,
      wait,
    );
    const milliseconds = performance.now() - start;
    const rows = (await this.screen()).split('\n');
    const end = rows.findIndex((row) => row.startsWith(mark));
    const output = rows.slice(0, end).join('\n');
    expect(rows[end], output).toBe(`${mark} ${status}`);
    return { output, milliseconds };
  }

  /** What the terminal shows. */
  async screen(): Promise<string> {
    const rows = await this.page.locator('.xterm-rows > div').allTextContents();
    return rows.map((row) => row.replaceAll('\u00a0', ' ').trimEnd()).join('\n');
  }

  /**
   * How long the page's longest task took while something was done, in milliseconds of the processor's time: what other
   * processes take of a busy machine does not count.
   */
  async longestTask(act: () => Promise<unknown>): Promise<number> {
    const browser = this.page.context().browser();
    if (browser === null) throw new Error('the page has no browser');
    await browser.startTracing(this.page, { categories: ['toplevel'] });
    await act();
    const trace = (await browser.stopTracing()).toString();
    const { traceEvents } = JSON.parse(trace) as { traceEvents: readonly TraceEvent[] };
    const thread = ({ pid, tid }: TraceEvent) => `${pid}/${tid}`;
    const pages = new Set(
      traceEvents
        .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
        .map(thread),
    );
    const tasks = traceEvents.filter(
      (event) => event.ph === 'X' && event.name.endsWith('RunTask') && pages.has(thread(event)),
    );
    if (tasks.length === 0) throw new Error('the trace has no task of the page');
    return Math.max(...tasks.map(({ tdur = 0 }) => tdur / 1000));
  }
}
