import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { pagesOfAnchors } from './anchors.ts';

/** Rounds after which page numbers have to stand still. */
const ROUNDS = 4;

/**
 * Prints a page. Page numbers in it are only known when it is printed: it is printed again with them, until they
 * are right.
 * @param page the HTML, given the page that each anchor stands on
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
    throw new Error(`the page numbers of the PDF do not stand still after ${ROUNDS} rounds`);
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
