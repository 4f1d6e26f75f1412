import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { load } from 'cheerio';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileName, filePath, FORMATS, type Format } from '../../scripts/export/files.ts';
import {
  cleanEnv,
  copyProject,
  readRecording,
  writeReference,
  type Project,
} from '../../scripts/tools/fixtures/project.ts';
import { parseCast } from '../../src/core/recording/cast.ts';
import { recordingPaths } from '../../src/core/recording/paths.ts';
import { ensureTools } from '../support/exports.ts';
import { plain } from '../support/site-page.ts';

/* The commands that make the files for offline reading, in a project of one lesson. */

const BOX = '┌────┬────┐\r\n│漢字│text│\r\n└────┴────┘\r\n';
const MARKUP = '</script><b>&amp;<!--';
const NOTE = 'Only a teacher reads this.';

const run = promisify(execFile);
let project: Project;
let dist: string;
let printed: string;

beforeAll(async () => {
  await ensureTools({ 'poppler-utils': 'pdfinfo' });
  project = await copyProject('none');
  dist = join(project.root, 'dist');
  const text = `---\ntitle: A & B\ndescription: <b>.\n---\n\n\`\`\`console box\n$ uname\n\`\`\`\n\n<Teacher>\n\n- Say: ${NOTE}\n\n</Teacher>\n`;
  await project.addLesson('nasty', text, { box: [`${BOX}${MARKUP}\r\n`] });
  await writeReference(project.root);
  const { stdout, stderr } = await runScript('build.ts');
  printed = stdout + stderr;
});
afterAll(() => project.remove());

const runScript = (script: string, ...args: readonly string[]) =>
  run(process.execPath, [`scripts/${script}`, ...args], {
    cwd: project.root,
    env: cleanEnv({ COMMIT: '0123456789', CI: 'true' }),
  });

test('a build prints plain lines, and the site lists each file with its size', async () => {
  expect(printed).toMatch(/^you-like-docker\.pdf: .* in \d+\.\d s$/m);
  expect(printed).not.toContain('\x1b');
  const [readers, teachers] = await Promise.all(
    ['downloads', 'teach'].map(async (page) =>
      load(await readFile(join(dist, page, 'index.html'), 'utf8')),
    ),
  );
  expect(readers?.('[data-file=teacher]').length).toBe(0);
  for (const format of FORMATS) {
    const $ = format === 'teacher' ? teachers : readers;
    const row = $?.(`[data-file=${format}]`);
    expect(row?.find('a').attr('href')).toBe(`/downloads/${fileName(format)}`);
    expect(row?.text()).toMatch(/\d (kB|MB)$/);
  }
});

test('an export keeps files that it does not make again, and refuses unknown formats', async () => {
  const files = () => Promise.all(FORMATS.map((format) => readFile(filePath(dist, format))));
  const before = await files();
  await runScript('export.ts', 'html', 'handout');
  // The same commit gives the same bytes.
  expect(await files()).toEqual(before);
  const page = await readFile(join(dist, 'downloads/index.html'), 'utf8');
  expect(page).toContain('href="/downloads/you-like-docker.pdf"');
  await expect(runScript('export.ts', 'mobi')).rejects.toMatchObject({ code: 2 });
});

test('notes for teachers are in their PDF, and in no file for readers', async () => {
  const textOf = async (format: Format) =>
    plain((await run('pdftotext', ['-raw', filePath(dist, format), '-'])).stdout);
  expect(await textOf('teacher')).toContain(plain(NOTE));
  for (const format of ['pdf', 'handout'] as const)
    expect(await textOf(format), format).not.toContain(plain(NOTE));
  for (const file of ['lessons/nasty/index.html', 'downloads/you-like-docker.html'])
    expect(await readFile(join(dist, file), 'utf8'), file).not.toContain(NOTE);
  const book = unzipSync(new Uint8Array(await readFile(filePath(dist, 'epub'))));
  for (const [name, content] of Object.entries(book))
    expect(strFromU8(content, true), name).not.toContain(NOTE);
});

test('makes text of all that a recording may contain: box drawing, wide characters, markup', async () => {
  const pdf = filePath(dist, 'pdf');
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

  const html = load(await readFile(filePath(dist, 'html'), 'utf8'));
  expect(plain(html('[data-view=nasty] .out').text())).toBe(plain(BOX + MARKUP));
  const cast = html('script[id="cast.nasty/box"]').text().trim();
  expect(parseCast(`${cast}\n`)).toEqual(
    parseCast(await readRecording(project, recordingPaths.cast('nasty', 'box'))),
  );
  const book = unzipSync(new Uint8Array(await readFile(filePath(dist, 'epub'))));
  const chapter = load(strFromU8(book['EPUB/nasty.xhtml'] ?? new Uint8Array()), { xml: true });
  expect(plain(chapter('.out').text())).toBe(plain(BOX + MARKUP));
});
