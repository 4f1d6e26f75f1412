import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { PDFArray, PDFDict, PDFDocument, PDFHexString, PDFName, PDFString } from '@cantoo/pdf-lib';
import { load } from 'cheerio';
import { strFromU8, unzipSync } from 'fflate';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeEpub } from '../../scripts/export/epub/book.ts';
import { filePath, FORMATS } from '../../scripts/export/files.ts';
import { longDay } from '../../scripts/export/facts.ts';
import { makeExports } from '../../scripts/export/make.ts';
import { makeHtml } from '../../scripts/export/html/file.ts';
import { pagesOfAnchors } from '../../scripts/export/pdf/anchors.ts';
import { lessonsOf, readWorkshop, type Workshop } from '../../scripts/export/workshop.ts';
import {
  canInstallPackages,
  hasProgram,
  installPackages,
} from '../../scripts/lab/outer-engine/packages.ts';
import { stepsOf } from '../../src/core/lesson/model.ts';
import { parseCast } from '../../src/core/recording/cast.ts';
import { recordingPaths } from '../../src/core/recording/paths.ts';
import { openLesson } from '../../src/store/project.ts';
import type { LessonRecording } from '../../src/store/recordings.ts';
import { openBrowser } from '../support/browser.ts';
import {
  cleanEnv,
  copyProject,
  readRecording,
  type Project,
} from '../../scripts/tools/fixtures/project.ts';
import { askAll, missed, sectionReader } from '../support/search-answers.ts';
import { ERRORS, MISSPELT, NOTHING, TOPICS } from '../support/search-queries.ts';

/* The files for reading without a network, as the command makes them, looked at with the tools of
   others. */

const MB = 1_000_000;
const MOST = { pdf: 8 * MB, html: 6 * MB, epub: 5 * MB };
const EPUBCHECK = '/usr/share/java/epubcheck.jar';
/** For a run of seconds. */
const QUICK = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];
const COMMIT = '0123456789';

const run = promisify(execFile);
let project: Project;
let dist: string;
let said: string;
let workshop: Workshop;
let lessons: LessonRecording[];

beforeAll(async () => {
  const there = (await hasProgram('pdfinfo')) && (await hasProgram('epubcheck'));
  if (!there && (await canInstallPackages()))
    await installPackages(['poppler-utils', 'epubcheck'], (line) =>
      process.stderr.write(`${line}\n`),
    );
  project = await copyProject('real');
  dist = join(project.root, 'dist');
  const { stdout, stderr } = await run(process.execPath, ['scripts/export.ts'], {
    cwd: project.root,
    env: cleanEnv({ COMMIT, CI: 'true' }),
  });
  said = stdout + stderr;
  process.env['COMMIT'] = COMMIT;
  workshop = await readWorkshop(project.root, dist);
  lessons = await Promise.all(lessonsOf(workshop).map(({ id }) => openLesson(project.root, id)));
  expect(lessons.length).toBeGreaterThan(0);
});

afterAll(async () => {
  delete process.env['COMMIT'];
  await project.remove();
});

/** All that a reader sees a step type, and its screen; in the order of the lesson. */
function shownSteps({ lesson }: LessonRecording): { id: string; typed: string[] }[] {
  return stepsOf(lesson)
    .filter(({ options }) => !options.hide)
    .map(({ id, commands }) => ({ id, typed: commands.flatMap(({ lines }) => lines) }));
}

/** Lines wrap and are set apart in each kind of file: their characters stay. */
const plain = (text: string) => text.replace(/[\s\f]+/g, '');

describe('the command', () => {
  test('says what it makes in plain lines, and the page of downloads names each file with its size', async () => {
    expect(said).toMatch(/^you-like-docker\.pdf: .* in \d+\.\d s$/m);
    expect(said).not.toContain('\x1b');
    const $ = load(await readFile(join(dist, 'downloads/index.html'), 'utf8'));
    for (const [format, most] of Object.entries(MOST)) {
      const row = $(`[data-file=${format}]`);
      expect(row.find('a').attr('href')).toBe(`/downloads/you-like-docker.${format}`);
      expect(row.text()).toMatch(/\d (kB|MB)$/);
      const file = await readFile(filePath(dist, format as keyof typeof MOST));
      expect(file.length, format).toBeLessThanOrEqual(most);
    }
  });

  test('keeps what it does not make anew, and refuses what it does not know', async () => {
    const [html, pdf] = [filePath(dist, 'html'), filePath(dist, 'pdf')];
    const before = await Promise.all([readFile(html), readFile(pdf)]);
    const again = run(process.execPath, ['scripts/export.ts', 'html'], {
      cwd: project.root,
      env: cleanEnv({ COMMIT }),
    });
    await again;
    // The same commit gives the same bytes.
    expect(await Promise.all([readFile(html), readFile(pdf)])).toEqual(before);
    const page = await readFile(join(dist, 'downloads/index.html'), 'utf8');
    expect(page).toContain('href="/downloads/you-like-docker.pdf"');
    const wrong = run(process.execPath, ['scripts/export.ts', 'mobi'], { cwd: project.root });
    await expect(wrong).rejects.toMatchObject({ code: 2 });
  });
});

describe('the PDF', () => {
  let pdf: string;
  let document: PDFDocument;
  beforeAll(async () => {
    pdf = filePath(dist, 'pdf');
    document = await PDFDocument.load(await readFile(pdf), { updateMetadata: false });
  });

  test('is tagged A4 with a title, a language and an outline, and says from what it was made', async () => {
    const { stdout } = await run('pdfinfo', [pdf], { env: { ...process.env, TZ: 'UTC' } });
    expect(stdout).toMatch(/^Title: +You Like Docker$/m);
    expect(stdout).toMatch(/^Tagged: +yes$/m);
    expect(stdout).toMatch(/^Page size: .*A4/m);
    expect(stdout).toContain(`commit ${COMMIT}`);
    const { stdout: dates } = await run('pdfinfo', ['-isodates', pdf], {
      env: { ...process.env, TZ: 'UTC' },
    });
    expect(dates).toContain(`CreationDate:    ${workshop.facts.date}T00:00:00`);
    expect(document.catalog.lookup(PDFName.of('Lang'), PDFString).asString()).toBe('en');
    const titles = outlineOf(document);
    for (const { title } of [...lessonsOf(workshop), ...workshop.reference])
      expect(titles).toContain(title);
    expect(titles).toContain('Contents');
    // Nothing is named twice, as Chromium does with what it moves to another page.
    expect(titles.filter((title) => /^(.{3,})\1$/.test(title))).toEqual([]);
    const { stderr } = await run('pdfinfo', ['-struct', pdf]);
    expect(stderr, 'the structure').toBe('');
  });

  test('embeds its fonts, which are those of the project', async () => {
    const { stdout } = await run('pdffonts', [pdf]);
    const fonts = stdout.trim().split('\n').slice(2);
    expect(fonts.length).toBeGreaterThan(2);
    for (const font of fonts) {
      expect(font).toMatch(/ yes yes yes +\d+ +0$/);
      expect(font).toMatch(/^[A-Z]+\+(SourceSans3|DejaVuSansMono|NotoSansSC)/);
    }
  });

  test('holds every command, and screens, in reading order', async () => {
    const { stdout } = await run('pdftotext', ['-raw', '-enc', 'UTF-8', pdf, '-'], {
      maxBuffer: 64 * MB,
    });
    // In the order in which the file holds it, so that a table is read by its rows. Heads and page
    // numbers stand between the halves of what goes over a page.
    const pages = stdout.split('\f').map((page) => plain(page));
    const starts = await pagesOfAnchors(await readFile(pdf));
    for (const recording of lessons) {
      const { id } = recording.lesson;
      const from = starts.get(id) ?? 0;
      const text = pages.slice(from - 1).join('');
      let at = 0;
      for (const { id: step, typed } of shownSteps(recording)) {
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
    for (const recording of lessons) {
      const [first] = shownSteps(recording);
      const screen = await readRecording(
        project,
        recordingPaths.screen(recording.lesson.id, first?.id ?? ''),
      );
      const lines = screen.split('\n').slice(0, 12).map(plain);
      const text = pages.slice((starts.get(recording.lesson.id) ?? 1) - 1).join('');
      expect(text, recording.lesson.id).toContain(lines.join(''));
    }
  });

  test('leads to where it says: links, and the numbers of its contents', async () => {
    const pages = await pagesOfAnchors(await readFile(pdf));
    const { inside, outside } = linksOf(document);
    expect(inside.length).toBeGreaterThan(lessons.length);
    expect(inside.filter((name) => !pages.has(name))).toEqual([]);
    expect(outside.filter((address) => !/^https?:\/\//.test(address))).toEqual([]);
    const { stdout: contents } = await run('pdftotext', [
      '-layout',
      '-f',
      '2',
      '-l',
      '4',
      pdf,
      '-',
    ]);
    for (const { id, title, code } of lessonsOf(workshop)) {
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

  test('has an index of the commands with the pages that they are on', async () => {
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
  test('has neither an error nor a warning of epubcheck', async () => {
    const { stdout, stderr } = await run('java', [
      ...QUICK,
      '-jar',
      EPUBCHECK,
      filePath(dist, 'epub'),
    ]);
    expect(stdout + stderr).toContain('0 fatals / 0 errors / 0 warnings');
  });

  test('holds every command, says from what it was made, and is the same when it is made again', async () => {
    const file = new Uint8Array(await readFile(filePath(dist, 'epub')));
    expect(await makeEpub(workshop)).toEqual(file);
    const files = unzipSync(file);
    const entry = (name: string) => strFromU8(files[`EPUB/${name}`] ?? new Uint8Array());
    for (const recording of lessons) {
      const $ = load(entry(`${recording.lesson.id}.xhtml`), { xml: true });
      for (const { id, typed } of shownSteps(recording)) {
        const text = plain($(`[id="${id}"]`).text());
        for (const line of typed)
          expect(text, `${recording.lesson.id}#${id}`).toContain(plain(line));
      }
    }
    const book = entry('book.opf');
    expect(book).toContain(`Recorded on ${longDay(workshop.facts.date)} by Docker Engine`);
    expect(book).toContain(`commit ${COMMIT}`);
    expect(book).toContain('schema:accessibilitySummary');
    const $ = load(entry('contents.xhtml'), { xml: true });
    expect($('nav[epub\\:type=landmarks] a').length).toBeGreaterThan(2);
    expect($('nav[epub\\:type=toc] a').length).toBeGreaterThan(lessons.length);
  });
});

describe('the HTML file', () => {
  let browser: Browser;
  let folder: string;
  let address: string;
  beforeAll(async () => {
    browser = await openBrowser();
    folder = await mkdtemp(join(tmpdir(), 'you-like-docker-html-'));
    address = pathToFileURL(filePath(dist, 'html')).href;
  });
  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Opens the file with the network off; whatever it asks for or complains of is noted. */
  async function open(hash = ''): Promise<{ page: Page; faults: string[] }> {
    const context = await browser.newContext({ offline: true, acceptDownloads: true });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('request', (request) => {
      if (request.url().split('#')[0] !== address) faults.push(`request: ${request.url()}`);
    });
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) faults.push(message.text());
    });
    page.on('pageerror', ({ message }) => faults.push(message));
    await page.goto(address + hash);
    return { page, faults };
  }

  test('is the same when it is made again, and says from what it was made', async () => {
    const text = await readFile(filePath(dist, 'html'), 'utf8');
    expect((await makeHtml(workshop)) === text).toBe(true);
    expect(text).toContain(`commit ${COMMIT}`);
  });

  test('plays a cast to its end', async () => {
    const [first] = lessons;
    const step = first === undefined ? undefined : shownSteps(first)[0];
    const id = first?.lesson.id ?? '';
    const context = await browser.newContext({ offline: true });
    const page = await context.newPage();
    await page.clock.install();
    await page.goto(`${address}#${id}.${step?.id ?? ''}`);
    const figure = page.locator(`[id="${step?.id ?? ''}"]`);
    await figure.locator('.play').click();
    await figure.locator('.ap-player').waitFor();
    const toggle = figure.locator('.stage-bar .toggle');
    const ended = async () => {
      await page.clock.runFor(5000);
      return toggle.textContent();
    };
    await expect.poll(ended, { timeout: 30_000 }).toBe('Replay');
    const screen = await readRecording(project, recordingPaths.screen(id, step?.id ?? ''));
    const last = plain(screen.trimEnd().split('\n').at(-1) ?? '');
    expect(plain((await figure.locator('.ap-term-text').textContent()) ?? '')).toContain(last);
    // What was watched to its end is ticked.
    expect(await figure.locator('.done').getAttribute('aria-pressed')).toBe('true');
    await context.close();
  });

  test('finds what the site finds', async () => {
    const { page } = await open();
    await page.evaluate(() => (location.hash = '#run'));
    // Engines differ in how much they make of a word that is everywhere.
    const other = new Set([
      'docker run -it',
      'no space left on device',
      'restart a stopped container',
      'contianer logs',
    ]);
    const all = [...TOPICS, ...MISSPELT, ...ERRORS].filter(([query]) => !other.has(query));
    const answers = await askAll(
      page,
      all.map(([query]) => query),
    );
    expect(await missed(all, answers, sectionReader(dist))).toEqual([]);
    expect((await askAll(page, NOTHING)).flatMap(({ links }) => links)).toEqual([]);
  });

  test('asks for nothing and complains of nothing: search, theme, progress, copy, every page', async () => {
    const { page, faults } = await open();
    for (const { id } of [...lessonsOf(workshop), ...workshop.reference]) {
      await page.evaluate((hash) => (location.hash = hash), `#${id}`);
      await page.locator(`[data-view="${id}"] h1`).waitFor();
    }
    const [lesson] = lessons;
    const steps = lesson === undefined ? [] : shownSteps(lesson);
    const sought = steps.at(-1);
    // The site's own addresses, typed by hand.
    const typed = `#/lessons/${lesson?.lesson.id ?? ''}/#${sought?.id ?? ''}`;
    await page.evaluate((hash) => (location.hash = hash), typed);
    await page.locator(`[data-view="${lesson?.lesson.id ?? ''}"] h1`).waitFor();
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(0);
    await page.keyboard.press('/');
    await page.locator('.search input').fill(sought?.typed[0] ?? '');
    const hit = page.locator(`.search a[href$="#${lesson?.lesson.id ?? ''}.${sought?.id ?? ''}"]`);
    await hit.click();
    const step = page.locator(`[id="${sought?.id ?? ''}"]`);
    await step.locator('.done').click();
    await step.locator('.play').click();
    await step.locator('.ap-player').waitFor();
    await step.locator('.play').click();
    await step.locator('.about summary').click();
    const saved = page.waitForEvent('download');
    await step.locator('.foot a').first().click();
    expect(await readFile(await (await saved).path(), 'utf8')).toBe(
      await readRecording(project, recordingPaths.cast(lesson?.lesson.id ?? '', sought?.id ?? '')),
    );
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    await page.locator('[data-theme-toggle]').click();
    const dark = await ground();
    expect(dark).not.toBe(light);
    // The process that draws the page anew may ask for what is stored a moment before the other one
    // has told it.
    const anew = () => page.reload().then(ground);
    await expect.poll(anew, { timeout: 10_000 }).toBe(dark);
    expect(await step.locator('.done').getAttribute('aria-pressed')).toBe('true');
    await page.locator('.brand').click();
    expect(await page.locator('[data-progress] [role=status]').textContent()).toContain('1 step');
    expect(faults).toEqual([]);
    await page.context().close();
  });

  test('Back returns to the page before, and to the place on it', async () => {
    const { page, faults } = await open();
    const [first, second] = lessonsOf(workshop);
    const start = page.locator('[data-view="_start"]');
    const link = start.locator(`.port [data-lesson="${first?.id ?? ''}"] a`);
    await link.scrollIntoViewIfNeeded();
    const top = await page.evaluate(() => scrollY);
    expect(top).toBeGreaterThan(0);
    const kept = () => page.evaluate(() => (history.state as { top?: number } | null)?.top);
    await expect.poll(kept).toBe(top);
    await link.click();
    await page.locator(`[data-view="${first?.id ?? ''}"] h1`).waitFor();
    expect(await page.evaluate(() => scrollY)).toBe(0);
    await page.locator('a[rel=next]').click();
    await page.locator(`[data-view="${second?.id ?? ''}"] h1`).waitFor();
    await page.goBack();
    await page.locator(`[data-view="${first?.id ?? ''}"] h1`).waitFor();
    await page.goBack();
    await start.waitFor();
    expect(await page.title()).toBe(workshop.title);
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(top);
    await page.goForward();
    await page.locator(`[data-view="${first?.id ?? ''}"] h1`).waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });

  test('copies a command, alone', async () => {
    const { page } = await open(`#${lessons[0]?.lesson.id ?? ''}`);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const command = page.locator('.cmd').first();
    await command.locator('.copy').click();
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    const typed = (await command.locator('kbd').allTextContents()).join('\n');
    await expect.poll(copied).toBe(typed);
    await page.context().close();
  });

  test('leads nowhere in vain, also without scripts', async () => {
    const $ = load(await readFile(filePath(dist, 'html'), 'utf8'));
    const ids = $('[id]')
      .toArray()
      .map((element) => $(element).attr('id') ?? '');
    expect(new Set(ids).size).toBe(ids.length);
    const dead = $('a[href]')
      .toArray()
      .map((link) => $(link).attr('href') ?? '')
      .filter((href) =>
        href.startsWith('#')
          ? !ids.includes(decodeURIComponent(href.slice(1)))
          : !/^https?:/.test(href),
      );
    expect(dead).toEqual([]);
    const loaded = $('[src], link[href]').toArray();
    expect(loaded.filter((element) => !$(element).attr('src')?.startsWith('data:')).length).toBe(0);
  });
});

describe('what a recording may hold', () => {
  const BOX = '┌────┬────┐\r\n│漢字│text│\r\n└────┴────┘\r\n';
  const MARKUP = '</script><b>&amp;<!--';
  let copy: Project;
  beforeAll(async () => {
    copy = await copyProject('none');
    const text = '---\ntitle: A & B\ndescription: <b>.\n---\n\n```console box\n$ uname\n```\n';
    await copy.addLesson('nasty', text, { box: [`${BOX}${MARKUP}\r\n`] });
    const { status, output } = await copy.build();
    expect(output).toBe('');
    expect(status).toBe(0);
  });
  afterAll(() => copy.remove());

  test('box drawing, Chinese letters in two cells, markup: all of it is text', async () => {
    const folder = join(copy.root, 'dist');
    await makeExports({
      root: copy.root,
      dist: folder,
      formats: FORMATS,
      browser: () => openBrowser(),
      report: () => undefined,
      print: () => undefined,
    });
    const pdf = filePath(folder, 'pdf');
    const { stdout: fonts } = await run('pdffonts', [pdf]);
    expect(fonts).toMatch(/NotoSansSC.* yes yes yes/);
    const { stdout: places } = await run('pdftotext', ['-bbox', pdf, '-']);
    const $ = load(places, { xml: true });
    const right = (text: string) =>
      Number(
        $('word')
          .filter((_, word) => $(word).text().endsWith(text))
          .first()
          .attr('xMax'),
      );
    expect(right('┐')).toBeGreaterThan(0);
    expect(Math.abs(right('│text│') - right('┐'))).toBeLessThan(0.1);
    const { stdout } = await run('pdftotext', ['-raw', pdf, '-']);
    expect(plain(stdout)).toContain(plain(BOX + MARKUP));

    const html = load(await readFile(filePath(folder, 'html'), 'utf8'));
    expect(plain(html('[data-view=nasty] .out').text())).toBe(plain(BOX + MARKUP));
    const cast = html('script[id="cast.nasty/box"]').text().trim();
    expect(parseCast(`${cast}\n`)).toEqual(
      parseCast(await readRecording(copy, recordingPaths.cast('nasty', 'box'))),
    );
    const book = unzipSync(new Uint8Array(await readFile(filePath(folder, 'epub'))));
    const chapter = load(strFromU8(book['EPUB/nasty.xhtml'] ?? new Uint8Array()), { xml: true });
    expect(plain(chapter('.out').text())).toBe(plain(BOX + MARKUP));
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

/** Where the links of the pages lead: names of places, and addresses. */
function linksOf(document: PDFDocument): { inside: string[]; outside: string[] } {
  const inside: string[] = [];
  const outside: string[] = [];
  for (const page of document.getPages()) {
    const notes = page.node.lookupMaybe(PDFName.of('Annots'), PDFArray);
    for (let index = 0; index < (notes?.size() ?? 0); index++) {
      const note = notes?.lookup(index, PDFDict);
      const place = note?.lookup(PDFName.of('Dest'));
      const action = note?.lookupMaybe(PDFName.of('A'), PDFDict);
      const address = action?.lookupMaybe(PDFName.of('URI'), PDFString);
      if (place instanceof PDFName) inside.push(place.decodeText());
      if (address !== undefined) outside.push(address.asString());
    }
  }
  return { inside, outside };
}

function escapeRegex(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
