import { constants } from 'node:fs';
import { cp, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { readersPart, type Lesson } from '../../../src/core/lesson/model.ts';
import { sourceHashes } from '../../../src/core/recording/source-hash.ts';
import { inBrowser } from '../../../src/core/run/browser-result.ts';
import { foldersOf } from '../../../src/store/folders.ts';
import { readLessons } from '../../../src/store/lessons.ts';
import { readRecording } from '../../../src/store/recordings.ts';
import { openLabHost, type OnProgress } from '../../lab/index.ts';
import { factsLine, readFacts } from '../facts.ts';
import { downloadsOf, type Download } from './downloads.ts';
import { LAB, megabytes, writeImages, type KitImages } from './images.ts';
import { readme, type ReadmeFacts } from './readme.ts';
import { filesBelow, sumsOf, zipFolder } from './zip.ts';

const NAME = 'you-like-docker-kit';
const FILES = join(import.meta.dirname, 'files');
const SUMS = 'SHA256SUMS';
/** The class and the network, in bits per second, for which `README.txt` says how long it takes. */
const PEOPLE = 15;
const SLOW = 50e6;

/** Where the parts of the kit are. */
export interface KitPlaces {
  /** The folder of the kit, which is also packed into the zip file. */
  readonly folder: string;
  /** What a server serves. */
  readonly site: string;
  readonly images: string;
  readonly zip: string;
}

/** @param root folder of the project */
export function kitPlaces(root: string): KitPlaces {
  const folder = join(root, 'kit', NAME);
  const site = join(folder, 'site');
  return { folder, site, images: join(site, 'images'), zip: `${folder}.zip` };
}

/**
 * Checks what the kit needs and this project may lack.
 * @throws {Error} that says what is missing, and what to do
 */
export async function requireParts(root: string): Promise<void> {
  const base = process.env['BASE_PATH'] ?? '/';
  if (base !== '/')
    throw new Error(
      `the kit is served from the first page of a server, but BASE_PATH is ${base}\n` +
        '  to fix:   run it without BASE_PATH',
    );
  const manifest = join(root, 'vm/manifest.json');
  await stat(manifest).catch(() => {
    throw new Error(
      'the kit needs the browser lab, and vm/manifest.json does not exist\n' +
        '  to fix:   `npm run vm` builds it; docs/browser-lab.md says how to use that of a release',
    );
  });
}

/** A kit that has its images, but no site yet. */
export interface StartedKit {
  readonly lessons: readonly Lesson[];
  readonly images: KitImages;
}

/**
 * Removes the kit of before, and writes the images to a new one.
 * @param root folder of the project
 * @throws {LabError} if the lab that has them cannot be opened
 */
export async function startKit(
  root: string,
  report: OnProgress,
  signal: AbortSignal,
): Promise<StartedKit> {
  const { folder, zip, images } = kitPlaces(root);
  for (const old of [folder, zip, `${zip}.sha256`]) await rm(old, { recursive: true, force: true });
  const { lessons } = readLessons(foldersOf(root).content, root);
  const host = await openLabHost(report, signal);
  try {
    report('opening the lab that has the images');
    const lab = await host.openLab({ lab: LAB, store: 'containerd', images: [] });
    // Wrong solutions of tasks name images that no reader needs.
    const needed = lessons.map(readersPart);
    return { lessons, images: await writeImages(lab, needed, images, report) };
  } finally {
    await host.close();
  }
}

export interface KitOptions {
  /** Folder of the project. */
  readonly root: string;
  /** Folder of the site built from it, with the browser lab and the downloads. */
  readonly dist: string;
  /** Receives transient progress messages. */
  readonly report: OnProgress;
}

/**
 * Completes a kit and packs it.
 * @returns one line for each result
 * @throws {Error} if a file cannot be read or written, or the folder is too large
 */
export async function finishKit(
  { lessons, images }: StartedKit,
  { root, dist, report }: KitOptions,
): Promise<string[]> {
  const { folder, site, images: imagesFolder, zip } = kitPlaces(root);
  report('kit: copying the site');
  // Where the file system can, a copy takes no space.
  await cp(dist, site, { recursive: true, mode: constants.COPYFILE_FICLONE });
  await cp(join(FILES, 'load.sh'), join(imagesFolder, 'load.sh'));
  await cp(join(FILES, 'serve.mjs'), join(folder, 'serve.mjs'));
  await writeFile(join(imagesFolder, SUMS), await sumsOf(imagesFolder, [images.file, 'load.sh']));

  const facts = await readFacts(root, lessons);
  const sizes = {
    kit: await bytesBelow(folder),
    images: (await stat(join(imagesFolder, images.file))).size,
  };
  const text = readme({
    made: factsLine(facts),
    sizes: {
      kit: megabytes(sizes.kit),
      images: megabytes(sizes.images),
      fifteen: megabytes(PEOPLE * sizes.images),
    },
    minutes: Math.ceil((8 * PEOPLE * sizes.images) / SLOW / 60),
    architecture: images.architecture,
    images: images.names,
    downloads: await withBrowserLab(root, lessons, downloadsOf(lessons.map(readersPart))),
  });
  await writeFile(join(folder, 'README.txt'), text);
  report('kit: calculating the sums');
  const sums = await sumsOf(folder, await filesBelow(folder));
  await writeFile(join(folder, SUMS), sums);
  await zipFolder(folder, zip, timeOf(facts.date, sums), (bytes) =>
    report(`kit: packing (${Math.floor((100 * bytes) / sizes.kit)} %)`),
  );
  const zipSum = await sumsOf(join(root, 'kit'), [`${NAME}.zip`]);
  await writeFile(`${zip}.sha256`, zipSum);
  const { size } = await stat(zip);
  return [
    `kit/${NAME}: ${megabytes(sizes.kit)}, images for linux/${images.architecture}`,
    `kit/${NAME}.zip: ${megabytes(size)}, SHA-256 ${zipSum.slice(0, 64)}`,
  ];
}

async function withBrowserLab(
  root: string,
  lessons: readonly Lesson[],
  downloads: readonly Download[],
): Promise<ReadmeFacts['downloads']> {
  const { recordings } = foldersOf(root);
  return Promise.all(
    downloads.map(async (download) => {
      const lesson = lessons.find(({ id }) => id === download.lesson);
      if (lesson === undefined) throw new Error(`there is no lesson ${download.lesson}`);
      const { browser } = await readRecording(lesson, recordings);
      const hashes = [...(await sourceHashes(readersPart(lesson)))];
      const runs = hashes.filter(([id, hash]) => inBrowser(browser?.result, id, hash).runs).length;
      return { ...download, inBrowser: { runs, steps: hashes.length } };
    }),
  );
}

async function bytesBelow(folder: string): Promise<number> {
  const paths = await filesBelow(folder);
  const sizes = await Promise.all(paths.map(async (path) => (await stat(join(folder, path))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/**
 * The date of all files in the zip file: the day of the newest recording. The time of day comes
 * from the sums: servers and browsers compare dates, so two kits must not have the same.
 */
function timeOf(day: string, sums: string): Date {
  const [year = 1980, month = 1, date = 1] = day.split('-').map(Number);
  const hash = createHash('sha256').update(sums).digest().readUInt32BE();
  return new Date(year, month - 1, date, 0, 0, 2 * (hash % 43_200));
}
