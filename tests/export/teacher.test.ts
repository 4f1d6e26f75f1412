import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { PDFDocument } from '@cantoo/pdf-lib';
import { beforeAll, expect, test } from 'vitest';
import { filePath } from '../../scripts/export/files.ts';
import { pagesOfAnchors } from '../../scripts/export/pdf/anchors.ts';
import { lessonNotes } from '../../src/store/notes.ts';
import { ensureTools, linksOf, shownSteps, useExports } from '../support/exports.ts';
import { plain } from '../support/site-page.ts';

/* The PDF for teachers. That no file for readers has notes is tested in command.test.ts. */

const run = promisify(execFile);
const exports = useExports(['teacher']);
let pdf: Uint8Array;
let starts: Map<string, number>;
beforeAll(async () => {
  await ensureTools({ 'poppler-utils': 'pdftotext' });
  pdf = await readFile(filePath(exports.dist, 'teacher'));
  starts = await pagesOfAnchors(pdf);
});

test('has agendas, and the commands and notes of each lesson', async () => {
  const { stdout } = await run('pdftotext', ['-raw', filePath(exports.dist, 'teacher'), '-'], {
    maxBuffer: 64_000_000,
  });
  const pages = stdout.split('\f').map((page) => plain(page));
  const [first] = exports.lessons;
  expect(starts.get('_teach')).toBeLessThan(starts.get(first?.lesson.id ?? '') ?? 0);
  let count = 0;
  for (const [index, recording] of exports.lessons.entries()) {
    const { id } = recording.lesson;
    const next = starts.get(exports.lessons[index + 1]?.lesson.id ?? '') ?? pages.length;
    const text = pages.slice((starts.get(id) ?? 0) - 1, next - 1).join('');
    for (const { id: step, typed } of shownSteps(recording))
      for (const line of typed) expect(text, `${id}#${step}`).toContain(plain(line));
    for (const { items } of lessonNotes(exports.root, id, 'en').notes)
      for (const item of items) {
        // The beginning, up to the first Markdown.
        const words = /^[^`*_[\n]*/.exec(item.text)?.[0] ?? '';
        expect(text, id).toContain(plain(words.slice(0, 60)));
        count++;
      }
  }
  expect(count).toBeGreaterThan(60);
});

test('has working links', async () => {
  const { inside } = linksOf(await PDFDocument.load(pdf, { updateMetadata: false }));
  expect(inside.length).toBeGreaterThan(exports.lessons.length);
  expect(inside.filter((name) => !starts.has(name))).toEqual([]);
});
