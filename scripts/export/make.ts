import { performance } from 'node:perf_hooks';
import type { Browser } from 'playwright-core';
import { makeEpub } from './epub/book.ts';
import { fileName, filePath, linkExports, sizeOf, writeExport, type Format } from './files.ts';
import { makeHtml } from './html/file.ts';
import { finishPdf } from './pdf/finish.ts';
import { printPage, type Edition } from './pdf/page.ts';
import { renderPdf } from './pdf/render.ts';
import { forTeachers } from './pdf/teacher.ts';
import { readWorkshop, type Workshop } from './workshop.ts';

export interface ExportOptions {
  readonly root: string;
  /** Folder of the site built from it; the files go into its folder `downloads`. */
  readonly dist: string;
  readonly formats: readonly Format[];
  /** Starts the browser that prints a PDF, and is closed after that. */
  readonly browser: () => Promise<Browser>;
  /** Receives transient progress messages. */
  readonly report: (line: string) => void;
  /** Receives permanent output, one line per file. */
  readonly print: (line: string) => void;
}

/**
 * Makes files for offline reading from the built site, and links them from its download page.
 * @throws {Error} if a file cannot be made
 */
export async function makeExports(options: ExportOptions): Promise<void> {
  const { root, dist, formats, print, report } = options;
  const workshop = await readWorkshop(root, dist);
  for (const format of formats) {
    const start = performance.now();
    report(`${fileName(format)} …`);
    await writeExport(dist, format, await MAKERS[format](workshop, options));
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    print(`${fileName(format)}: ${(await sizeOf(filePath(dist, format))) ?? '?'}, in ${seconds} s`);
  }
  await linkExports(dist);
}

const MAKERS: Readonly<
  Record<Format, (workshop: Workshop, options: ExportOptions) => Promise<string | Uint8Array>>
> = {
  html: makeHtml,
  epub: makeEpub,
  pdf: (workshop, options) => makePdf({ workshop, front: [], answers: 'at the end' }, options),
  handout: (workshop, options) =>
    makePdf({ workshop: named(workshop, 'handout'), front: [], answers: 'none' }, options),
  teacher: async (workshop, options) =>
    makePdf(await forTeachers(named(workshop, 'notes')), options),
};

function named(workshop: Workshop, edition: string): Workshop {
  return { ...workshop, title: `${workshop.title}: ${edition}` };
}

async function makePdf(
  edition: Edition,
  { browser: open, report }: ExportOptions,
): Promise<Uint8Array> {
  const page = await printPage(edition);
  const browser = await open();
  try {
    return await finishPdf(await renderPdf(browser, page, report), edition.workshop);
  } finally {
    await browser.close();
  }
}
