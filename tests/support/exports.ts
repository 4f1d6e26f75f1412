import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFArray, PDFDict, PDFName, PDFString, type PDFDocument } from '@cantoo/pdf-lib';
import { afterAll, beforeAll, expect } from 'vitest';
import type { Format } from '../../scripts/export/files.ts';
import { makeExports } from '../../scripts/export/make.ts';
import { lessonsOf, readWorkshop, type Workshop } from '../../scripts/export/workshop.ts';
import {
  canInstallPackages,
  hasProgram,
  installPackages,
} from '../../scripts/lab/outer-engine/packages.ts';
import { stepsOf } from '../../src/core/lesson/model.ts';
import type { LessonRecording } from '../../src/store/recordings.ts';
import { openBrowser } from './browser.ts';
import { realSite } from './real-site.ts';
import { openNewest } from './site-page.ts';

/** The commit that the files are said to be made from. */
export const COMMIT = '0123456789';

/** Files for offline reading, made from the real site. */
export interface Exports {
  readonly root: string;
  /** A copy of the built site, with the files. */
  readonly dist: string;
  readonly workshop: Workshop;
  readonly lessons: readonly LessonRecording[];
}

/** Makes files for offline reading from the real site, for all tests of a file. */
export function useExports(formats: readonly Format[]): Exports {
  const exports = {} as { -readonly [Name in keyof Exports]: Exports[Name] };
  beforeAll(async () => {
    const { root } = await realSite();
    const dist = await mkdtemp(join(tmpdir(), 'you-like-docker-dist-'));
    Object.assign(exports, { root, dist });
    await cp(join(root, 'dist'), dist, { recursive: true });
    process.env['COMMIT'] = COMMIT;
    await makeExports({
      ...{ root, dist, formats },
      browser: () => openBrowser(),
      report: () => undefined,
      print: () => undefined,
    });
    exports.workshop = await readWorkshop(root, dist);
    const ids = lessonsOf(exports.workshop).map(({ id }) => id);
    exports.lessons = await Promise.all(ids.map((id) => openNewest(root, id)));
    expect(exports.lessons.length).toBeGreaterThan(0);
  });
  afterAll(async () => {
    delete process.env['COMMIT'];
    await rm(exports.dist, { recursive: true, force: true });
  });
  return exports;
}

/** Installs Debian packages, each with the program of its tools that tests call. */
export async function ensureTools(tools: Readonly<Record<string, string>>): Promise<void> {
  const present = await Promise.all(Object.values(tools).map(hasProgram));
  if (present.includes(false) && (await canInstallPackages()))
    await installPackages(Object.keys(tools), (line) => process.stderr.write(`${line}\n`));
}

/** What a reader sees each step type, in the order of the lesson. */
export function shownSteps({ lesson }: LessonRecording): { id: string; typed: string[] }[] {
  return stepsOf(lesson)
    .filter(({ options }) => !options.hide)
    .map(({ id, commands }) => ({ id, typed: commands.flatMap(({ lines }) => lines) }));
}

/** Where the links of the pages lead: names of places, and addresses. */
export function linksOf(document: PDFDocument): { inside: string[]; outside: string[] } {
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
