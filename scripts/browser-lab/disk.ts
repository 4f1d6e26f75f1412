import { open, readdir, rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { constants, zstdCompress } from 'node:zlib';
import { withOwnMounts } from '../lab/outer-engine/own-mounts.ts';
import type { OnProgress } from '../lab/index.ts';
import type { Images } from './images.ts';
import { packagesIn } from './inputs/download.ts';
import type { InputsLock, PinnedPackage } from './inputs/lock.ts';
import { run } from './run.ts';
import { MACHINE_SETTINGS } from './settings.ts';
import { hashFiles, hashOf, nameOf, step, type OnShare } from './step.ts';

const HERE = new URL('./', import.meta.url);
const MAKE_BASE = ['make/base.sh', '../lab/recipe/build/debian-tars.sh'];
const MAKE_DISK = ['make/disk.sh', 'make/time-limits.ts', 'make/width-tables.ts'];
const GUEST = new URL('guest/', HERE);
/**
 * The zstd level is high, because the parts are compressed once and fetched often. Level 19 takes
 * almost twice as long and saves only one byte in a thousand.
 */
const LEVEL = 16;

export interface Disk {
  readonly image: string;
  readonly images: Images;
  /** Nonce of the marks in the output of the reader's shell. */
  readonly nonce: string;
  /** Hash of all inputs of the disk. */
  readonly inputs: string;
}

/** Makes the disk from the images, pinned packages and the scripts of the guest. */
export async function makeDisk(
  lock: InputsLock,
  base: string,
  images: Images,
  report: OnProgress,
  signal: AbortSignal,
): Promise<Disk> {
  const guest = await hashFiles(GUEST, (await readdir(GUEST)).sort());
  const own = hashOf(await hashFiles(HERE, MAKE_DISK), guest);
  const inputs = hashOf(
    nameOf(base),
    nameOf(images.preloaded),
    hashesOf(lock.system),
    own,
    String(lock.epoch),
  );
  const nonce = own.slice(0, 16);
  const image = await step('disk', inputs, async (folder) => {
    const packages = join(folder, 'packages');
    await packagesIn(packages, lock, lock.system, report, signal);
    report('building the disk of the machine');
    await run(
      'sh',
      [
        fileURLToPath(new URL('make/disk.sh', HERE)),
        join(base, 'debian.tar'),
        images.busybox,
        images.preloaded,
        packages,
        fileURLToPath(GUEST),
        nonce,
        String(lock.epoch),
        process.execPath,
        folder,
      ],
      { signal },
    );
    await rm(packages, { recursive: true });
  });
  return { image: join(image, 'disk.img'), images, nonce, inputs };
}

/**
 * Compresses the disk in parts.
 * @returns folder of the parts, named `START-END.img.zst`
 */
export async function packDisk(
  disk: Disk,
  report: OnProgress,
  signal: AbortSignal,
): Promise<string> {
  return step(
    'parts',
    hashOf(disk.inputs, String(LEVEL), String(MACHINE_SETTINGS.partBytes)),
    (folder, share) => packParts(disk.image, folder, share, report, signal),
  );
}

/** Makes the `debian` image, which is the base of the disk. */
export async function makeBase(
  lock: InputsLock,
  report: OnProgress,
  signal: AbortSignal,
): Promise<string> {
  const inputs = hashOf(hashesOf(lock.base), String(lock.epoch), await hashFiles(HERE, MAKE_BASE));
  return step('base', inputs, async (folder) => {
    const packages = join(folder, 'packages');
    await packagesIn(packages, lock, lock.base, report, signal);
    report('building the debian image');
    const script = fileURLToPath(new URL('make/base.sh', HERE));
    const making = ['sh', script, packages, String(lock.epoch), folder];
    const [program, ...args] = withOwnMounts(making);
    await run(program, args, { signal });
    await rm(packages, { recursive: true });
  });
}

function hashesOf(packages: readonly PinnedPackage[]): string {
  return packages.map(({ sha256 }) => sha256).join('\n');
}

/** Splits a disk into parts and compresses them on all CPU cores. */
async function packParts(
  image: string,
  folder: string,
  share: OnShare,
  report: OnProgress,
  signal: AbortSignal,
): Promise<void> {
  const pack = promisify(zstdCompress);
  const { partBytes } = MACHINE_SETTINGS;
  const disk = await open(image);
  try {
    const { size } = await disk.stat();
    const count = size / partBytes;
    let next = 0;
    const worker = async () => {
      for (let index = next++; index < count; index = next++) {
        signal.throwIfAborted();
        if (index % 50 === 0) {
          report(`compressing the disk: part ${index} of ${count}`);
          share(index / count);
        }
        const start = index * partBytes;
        const part = Buffer.alloc(partBytes);
        await disk.read(part, 0, partBytes, start);
        await writeFile(
          join(folder, `${start}-${start + partBytes}.img.zst`),
          await pack(part, { params: { [constants.ZSTD_c_compressionLevel]: LEVEL } }),
        );
      }
    };
    const workers = Array.from({ length: availableParallelism() }, () =>
      worker().finally(() => (next = count)),
    );
    // The caller may remove the folder, so no worker may still be writing to it.
    await Promise.allSettled(workers);
    await Promise.all(workers);
  } finally {
    await disk.close();
  }
}
