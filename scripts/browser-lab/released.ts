import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { unpackTar } from 'modern-tar/fs';
import { RELEASE_FILE, type Release } from '../../src/browser-lab/format/release.ts';
import type { OnProgress } from '../lab/index.ts';
import { presentManifest, replaceFolder, VM_FOLDER } from './folder.ts';
import { ask } from './inputs/ask.ts';
import { BuildError } from './run.ts';
import { step } from './step.ts';

/** The last release; undefined if there is none yet. */
export async function readRelease(): Promise<Release | undefined> {
  const file = join(import.meta.dirname, '../..', RELEASE_FILE);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as Release);
}

/**
 * Fetches the browser lab of a release into `vm/`, unless that has the same one or a newer one.
 * @returns whether it was fetched
 * @throws {BuildError} if it cannot be fetched, or is not the one that was published
 */
export async function fetchRelease(
  release: Release,
  report: OnProgress,
  signal: AbortSignal,
): Promise<boolean> {
  const present = await presentManifest();
  if (present !== undefined && present.built >= release.built) return false;
  const result = await step('release', release.sha256, async (folder, share) => {
    const archive = join(folder, 'archive.tar');
    await fetchTo(archive, release, signal, (bytes) => {
      share(bytes / release.bytes);
      report(`fetching the last release, ${megabytes(bytes)} of ${megabytes(release.bytes)} MB`);
    });
    const target = join(folder, 'vm');
    await mkdir(target);
    await pipeline(createReadStream(archive), unpackTar(target), { signal });
    await rm(archive);
  });
  const unpacked = join(result, 'vm');
  if ((await presentManifest(unpacked)) === undefined)
    throw new BuildError(
      `${release.url} has another format than this version of the project: pull its newest commit`,
    );
  await replaceFolder(unpacked, VM_FOLDER);
  return true;
}

/** Fetches the archive, and checks its hash. */
async function fetchTo(
  file: string,
  { url, sha256 }: Release,
  signal: AbortSignal,
  fetched: (bytes: number) => void,
): Promise<void> {
  fetched(0);
  const response = await ask(url, signal);
  if (!response.ok || response.body === null)
    throw new BuildError(`${url} responded with status ${response.status}: try again later`);
  const hash = createHash('sha256');
  let bytes = 0;
  let said = 0;
  const body = Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]);
  try {
    await pipeline(
      body,
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          hash.update(chunk);
          bytes += chunk.length;
          if (bytes - said >= 1e6) fetched((said = bytes));
          yield chunk;
        }
      },
      createWriteStream(file),
      { signal },
    );
  } catch (error) {
    signal.throwIfAborted();
    throw new BuildError(
      `${url} could not be fetched: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  const found = hash.digest('hex');
  if (found !== sha256)
    throw new BuildError(
      `${url} has the hash ${found} instead of ${sha256}, which ${RELEASE_FILE} requires: it is not used`,
    );
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}
