import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { pagesOfAnchors } from './anchors.ts';

/** Maximum number of rounds until the page numbers are stable. */
const ROUNDS = 4;

/**
 * Prints a page as PDF. Page numbers are only known after printing, so it is printed again until
 * the page numbers in the text are right.
 * @param page makes the HTML, given the page number of each anchor
 * @throws {Error} if the page numbers do not become stable
 */
export async function renderPdf(
  browser: Browser,
  page: (pages: ReadonlyMap<string, number>) => string,
  report: (line: string) => void,
): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'you-like-docker-print-'));
  try {
    const file = join(folder, 'print.html');
    let pages: ReadonlyMap<string, number> = new Map();
    for (let round = 1; round <= ROUNDS; round++) {
      report(`PDF: printing, round ${round} …`);
      await writeFile(file, page(pages));
      const pdf = await print(browser, pathToFileURL(file).href);
      const found = await pagesOfAnchors(pdf);
      if (same(pages, found)) return pdf;
      pages = found;
    }
    throw new Error(`the page numbers of the PDF are not stable after ${ROUNDS} rounds`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function print(browser: Browser, url: string): Promise<Uint8Array> {
  const tab = await browser.newPage({ javaScriptEnabled: false });
  try {
    await tab.goto(url, { waitUntil: 'load' });
    return await tab.pdf({
      outline: true,
      tagged: true,
      preferCSSPageSize: true,
      printBackground: true,
    });
  } finally {
    await tab.close();
  }
}

function same(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  return a.size === b.size && [...a].every(([anchor, page]) => b.get(anchor) === page);
}
