import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { PDFDict, PDFDocument, PDFHexString, PDFName, PDFString } from '@cantoo/pdf-lib';
import { load } from 'cheerio';
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeEpub } from '../../scripts/export/epub/book.ts';
import { longDay } from '../../scripts/export/facts.ts';
import { filePath } from '../../scripts/export/files.ts';
import { pagesOfAnchors } from '../../scripts/export/pdf/anchors.ts';
import { lessonsOf } from '../../scripts/export/workshop.ts';
import { COMMIT, ensureTools, linksOf, shownSteps, useExports } from '../support/exports.ts';
import type { LessonRecording } from '../../src/store/recordings.ts';
import { plain, recordedStep } from '../support/site-page.ts';

/* The PDF and the EPUB of the workshop, examined with tools of other projects. */

const MB = 1_000_000;
const EPUBCHECK = '/usr/share/java/epubcheck.jar';
/** Options of Java for a run of a few seconds. */
const QUICK = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];

const run = promisify(execFile);
const exports = useExports(['pdf', 'epub']);
beforeAll(() => ensureTools({ 'poppler-utils': 'pdfinfo', epubcheck: 'epubcheck' }));

/** The steps of a lesson in the order of a printed page, where the solution comes last. */
async function stepsInPrint(recording: LessonRecording): Promise<ReturnType<typeof shownSteps>> {
  const { file } = recording.lesson;
  const [, solution = ''] = /<Solution>(.*)<\/Solution>/s.exec(await readFile(file, 'utf8')) ?? [];
  const isLast = ({ id }: { id: string }) => solution.includes(`\`\`\`console ${id}`);
  const steps = shownSteps(recording);
  return [...steps.filter((step) => !isLast(step)), ...steps.filter(isLast)];
}

describe('the PDF', () => {
  let pdf: string;
  let document: PDFDocument;
  beforeAll(async () => {
    pdf = filePath(exports.dist, 'pdf');
    document = await PDFDocument.load(await readFile(pdf), { updateMetadata: false });
  });

  test('is tagged, in A4, has a title, a language and an outline, and names its sources', async () => {
    const { stdout } = await run('pdfinfo', [pdf], { env: { ...process.env, TZ: 'UTC' } });
    expect(stdout).toMatch(/^Title: +You Like Docker$/m);
    expect(stdout).toMatch(/^Tagged: +yes$/m);
    expect(stdout).toMatch(/^Page size: .*A4/m);
    expect(stdout).toContain(`commit ${COMMIT}`);
    const { stdout: dates } = await run('pdfinfo', ['-isodates', pdf], {
      env: { ...process.env, TZ: 'UTC' },
    });
    expect(dates).toContain(`CreationDate:    ${exports.workshop.facts.date}T00:00:00`);
    expect(document.catalog.lookup(PDFName.of('Lang'), PDFString).asString()).toBe('en');
    const titles = outlineOf(document);
    for (const { title } of [...lessonsOf(exports.workshop), ...exports.workshop.reference])
      expect(titles).toContain(title);
    expect(titles).toContain('Contents');
    // No title is doubled, as Chromium does with what it moves to another page.
    expect(titles.filter((title) => /^(.{3,})\1$/.test(title))).toEqual([]);
    const { stderr } = await run('pdfinfo', ['-struct', pdf], { maxBuffer: 64 * MB });
    expect(stderr, 'the structure').toBe('');
  });

  test('has a cover of one page', async () => {
    const { stdout } = await run('pdftotext', ['-f', '1', '-l', '1', pdf, '-']);
    expect(stdout).toContain('Recorded on');
  });

  test('is not too large', async () => {
    expect((await readFile(filePath(exports.dist, 'pdf'))).length).toBeLessThanOrEqual(8 * MB);
  });

  test('embeds its fonts, which are those of the project', async () => {
    const { stdout } = await run('pdffonts', [pdf]);
    const fonts = stdout.trim().split('\n').slice(2);
    expect(fonts.length).toBeGreaterThan(2);
    for (const font of fonts) {
      expect(font).toMatch(/ yes yes yes +\d+ +0$/);
      expect(font).toMatch(/^[A-Z]+\+(SourceSans3|DejaVuSans(Mono)?|NotoSansSC)/);
    }
  });

  test('contains every command and screens in reading order', async () => {
    const { stdout } = await run('pdftotext', ['-raw', '-enc', 'UTF-8', pdf, '-'], {
      maxBuffer: 64 * MB,
    });
    // In the order of the file, so that tables are read by rows. Page headers and page numbers
    // interrupt what continues on the next page.
    const pages = stdout.split('\f').map((page) => plain(page));
    const starts = await pagesOfAnchors(await readFile(pdf));
    for (const recording of exports.lessons) {
      const { id } = recording.lesson;
      const from = starts.get(id) ?? 0;
      const text = pages.slice(from - 1).join('');
      let at = 0;
      for (const { id: step, typed } of await stepsInPrint(recording)) {
        const name = text.indexOf(plain(step), at);
        expect(name, `${id}#${step}`).toBeGreaterThanOrEqual(0);
        at = name;
        for (const line of typed.filter((each) => each.trim() !== '')) {
          const found = text.indexOf(plain(line), at);
          expect(found, `${id}#${step}: ${line}`).toBeGreaterThanOrEqual(0);
          at = found;
        }
      }
    }
    for (const recording of exports.lessons) {
      const [first] = shownSteps(recording);
      const { screen } = recordedStep(recording, first?.id ?? '');
      const lines = screen.split('\n').slice(0, 12).map(plain);
      const text = pages.slice((starts.get(recording.lesson.id) ?? 1) - 1).join('');
      expect(text, recording.lesson.id).toContain(lines.join(''));
    }
  });

  test('has working links, and the right page numbers in its contents', async () => {
    const pages = await pagesOfAnchors(await readFile(pdf));
    const { inside, outside } = linksOf(document);
    expect(inside.length).toBeGreaterThan(exports.lessons.length);
    expect(inside.filter((name) => !pages.has(name))).toEqual([]);
    expect(outside.filter((address) => !/^https?:\/\//.test(address))).toEqual([]);
    const lessons = lessonsOf(exports.workshop);
    const last = String((pages.get(lessons[0]?.id ?? '') ?? 0) - 1);
    const range = ['-layout', '-f', '2', '-l', last];
    const { stdout: contents } = await run('pdftotext', [...range, pdf, '-']);
    for (const { id, title, code } of lessons) {
      const number = pages.get(id) ?? 0;
      expect(contents).toMatch(
        new RegExp(`^ *${code} +${escapeRegex(title)} +.*\\b${number}$`, 'm'),
      );
      const page = ['-f', String(number), '-l', String(number), pdf, '-'];
      const { stdout } = await run('pdftotext', page);
      expect(plain(stdout)).toContain(plain(title));
      expect(stdout.trim().split('\n').at(-1)).toBe(String(number));
    }
  });

  test('has the solutions of all tasks at its end, with page numbers both ways', async () => {
    const pages = await pagesOfAnchors(await readFile(pdf));
    const reference = pages.get('_glossary') ?? 0;
    const refersTo = async (from: number, to: number) => {
      const page = ['-raw', '-f', String(from), '-l', String(from + 1), pdf, '-'];
      const { stdout } = await run('pdftotext', page);
      return [...stdout.matchAll(/\(p\.\s(\d+)\)/g)].some(([, number]) => Number(number) === to);
    };
    const tasks = lessonsOf(exports.workshop).filter(({ id }) => pages.has(`${id}.your-turn`));
    expect(tasks.length).toBeGreaterThan(9);
    for (const { id } of tasks) {
      const [task = 0, solution = 0] = ['your-turn', '_solution'].map((own) =>
        pages.get(`${id}.${own}`),
      );
      expect(solution, id).toBeGreaterThanOrEqual(reference);
      expect(await refersTo(task, solution), `${id}: the solution`).toBe(true);
      expect(await refersTo(solution, task), `${id}: the task`).toBe(true);
    }
  });

  test('has an index of commands with their pages', async () => {
    const pages = await pagesOfAnchors(await readFile(pdf));
    const from = String(pages.get('_commands') ?? 0);
    const { stdout } = await run('pdftotext', ['-raw', '-f', from, '-l', from, pdf, '-']);
    const named = [...pages].filter(([anchor]) => /^_commands\.docker/.test(anchor));
    const index = [...stdout.matchAll(/\(p\.\s(\d+)\)/g)].map(([, page]) => Number(page));
    expect(named.length).toBeGreaterThan(5);
    for (const [, page] of named) expect(index).toContain(page);
  });
});

describe('the EPUB', () => {
  test('passes epubcheck without errors and warnings', async () => {
    const { stdout, stderr } = await run('java', [
      ...QUICK,
      '-jar',
      EPUBCHECK,
      filePath(exports.dist, 'epub'),
    ]);
    expect(stdout + stderr).toContain('0 fatals / 0 errors / 0 warnings');
  });

  test('is not too large', async () => {
    expect((await readFile(filePath(exports.dist, 'epub'))).length).toBeLessThanOrEqual(5 * MB);
  });

  test('contains every command, names its sources, and is the same when it is made again', async () => {
    const file = new Uint8Array(await readFile(filePath(exports.dist, 'epub')));
    expect(await makeEpub(exports.workshop)).toEqual(file);
    const files = unzipSync(file);
    const entry = (name: string) => strFromU8(files[`EPUB/${name}`] ?? new Uint8Array());
    for (const recording of exports.lessons) {
      const $ = load(entry(`${recording.lesson.id}.xhtml`), { xml: true });
      expect($('.turn :is(.hint, .solution)').length).toBe(0);
      if ($('.turn').length > 0)
        expect($('body > section > :last-child').attr('id')).toBe('_solution');
      for (const { id, typed } of shownSteps(recording)) {
        const text = plain($(`[id="${id}"]`).text());
        for (const line of typed)
          expect(text, `${recording.lesson.id}#${id}`).toContain(plain(line));
      }
    }
    const book = entry('book.opf');
    expect(book).toContain(`Recorded on ${longDay(exports.workshop.facts.date)} by Docker Engine`);
    expect(book).toContain(`commit ${COMMIT}`);
    expect(book).toContain('schema:accessibilitySummary');
    const $ = load(entry('contents.xhtml'), { xml: true });
    expect($('nav[epub\\:type=landmarks] a').length).toBeGreaterThan(2);
    expect($('nav[epub\\:type=toc] a').length).toBeGreaterThan(exports.lessons.length);
  });
});

/** The titles of the outline, all levels. */
function outlineOf(document: PDFDocument): string[] {
  const titles: string[] = [];
  const walk = (item: PDFDict | undefined): void => {
    for (let at = item; at !== undefined; at = at.lookupMaybe(PDFName.of('Next'), PDFDict)) {
      const title = at.lookup(PDFName.of('Title'), PDFString, PDFHexString);
      titles.push(title.decodeText().trim());
      walk(at.lookupMaybe(PDFName.of('First'), PDFDict));
    }
  };
  walk(
    document.catalog
      .lookup(PDFName.of('Outlines'), PDFDict)
      .lookupMaybe(PDFName.of('First'), PDFDict),
  );
  return titles;
}

function escapeRegex(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
