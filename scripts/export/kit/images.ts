import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { packTar, type TarSource } from 'modern-tar/fs';
import type { Lesson } from '../../../src/core/lesson/model.ts';
import { LAB_HOME } from '../../lab/container.ts';
import type { Lab, OnProgress } from '../../lab/index.ts';
import {
  blobPath,
  blobsOf,
  imagesOf,
  indexFiles,
  readImage,
  type Descriptor,
} from './image-archive.ts';

/** The lab whose registry has the images of all lessons. */
export const LAB = 'apps';

/** The images of the kit. */
export interface KitImages {
  /** Processor for which they are, in the words of Docker, such as `amd64`. */
  readonly architecture: string;
  /** Name of the archive, such as `linux-amd64.tar`. */
  readonly file: string;
  /** `NAME:TAG`, as lessons write it. */
  readonly names: readonly string[];
}

/** Properties of an entry that would otherwise depend on the machine. */
const SAME = { mtime: new Date(0), uid: 0, gid: 0, uname: '', gname: '', mode: 0o644 };

/**
 * Writes an archive with the images that lessons use, from the registry of a lab.
 * @param folder the folder to write it to, which is created
 * @throws {Error} if the registry does not have what its list promises
 */
export async function writeImages(
  lab: Lab,
  lessons: readonly Lesson[],
  folder: string,
  report: OnProgress,
): Promise<KitImages> {
  const { architecture, images: digests } = lab.facts;
  const names = imagesOf(lessons, Object.keys(digests));
  const images = await Promise.all(
    names.map(async (name) => {
      const digest = digests[name] ?? '';
      return readImage(name, digest, await buffer(await openBlob(lab, digest)));
    }),
  );
  const file = `linux-${architecture}.tar`;
  const work = join(folder, 'blobs');
  const blobs = blobsOf(images);
  await mkdir(work, { recursive: true });
  const sources: TarSource[] = Object.entries(indexFiles(images)).map(([target, content]) => ({
    ...{ type: 'content', target, content, ...SAME },
  }));
  for (const [index, blob] of blobs.entries()) {
    report(`images: part ${index + 1} of ${blobs.length} (${megabytes(blob.size)})`);
    const target = blobPath(blob.digest);
    await copyBlob(lab, blob, join(folder, target));
    sources.push({ type: 'file', source: join(folder, target), target, ...SAME });
  }
  await pipeline(packTar(sources), createWriteStream(join(folder, file)));
  await rm(work, { recursive: true });
  return { architecture, file, names };
}

async function copyBlob(lab: Lab, { digest }: Descriptor, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  const hash = createHash('sha256');
  const opened = await openBlob(lab, digest);
  opened.on('data', (chunk: Buffer) => hash.update(chunk));
  await pipeline(opened, createWriteStream(to));
  const got = `sha256:${hash.digest('hex')}`;
  if (got !== digest)
    throw new Error(
      `the lab's registry has no ${digest} (${got} instead)\n` +
        '  to fix:   `npm run lab -- --clean` removes the lab, and the next run builds it again',
    );
}

/** A blob in the registry of the lab, in the layout of https://github.com/distribution. */
async function openBlob(lab: Lab, digest: string): Promise<Readable> {
  const hex = digest.replace('sha256:', '');
  const blobs = `${LAB_HOME}/registry/docker/registry/v2/blobs/sha256`;
  const cat = await lab.tools.pipe(['cat', `${blobs}/${hex.slice(0, 2)}/${hex}/data`]);
  cat.stdin.end();
  return cat.stdout;
}

/** A size for people: `52.3 MB`. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
