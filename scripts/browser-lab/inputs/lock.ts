import { readFile, writeFile } from 'node:fs/promises';

export interface PinnedPackage {
  readonly name: string;
  readonly version: string;
  /** Address of its archive, if that is not the archive of the lock. */
  readonly archive?: string;
  /** Path in the archive, such as `pool/main/b/bash/bash_5.2.37-2+b10_i386.deb`. */
  readonly path: string;
  readonly sha256: string;
}

/**
 * All inputs of the browser lab except v86, which package-lock.json pins. Packages are sorted by
 * name, so that a new lock differs only where the archive does.
 */
export interface InputsLock {
  /** Address of the archive of all packages that do not name another one. */
  readonly archive: string;
  /** The Debian release. Packages may also come from its updates. */
  readonly suite: string;
  /** Time of the latest change of a suite, in seconds; nothing in the image is newer. */
  readonly epoch: number;
  /** The `debian` image, which is also the base of the guest's root filesystem. */
  readonly base: readonly PinnedPackage[];
  /** Additional packages of the guest: the Engine, and programs that lessons use. */
  readonly system: readonly PinnedPackage[];
  /** Packages that are not installed in the guest: kernel source, BIOS, programs of images. */
  readonly machine: readonly PinnedPackage[];
  /** Packages that containers can install. */
  readonly served: readonly PinnedPackage[];
}

const FILE = new URL('inputs.lock.json', import.meta.url);

export async function readInputsLock(): Promise<InputsLock> {
  return JSON.parse(await readFile(FILE, 'utf8')) as InputsLock;
}

export async function writeInputsLock(lock: InputsLock): Promise<void> {
  await writeFile(FILE, `${JSON.stringify(lock, undefined, 2)}\n`);
}

/**
 * Finds a pinned package by name.
 * @throws {Error} if the lock does not have it, because it belongs to another version of this code
 */
export function pinned(packages: readonly PinnedPackage[], name: string): PinnedPackage {
  const found = packages.find((candidate) => candidate.name === name);
  if (found !== undefined) return found;
  throw new Error(
    `inputs.lock.json has no package ${name}: run \`npm run vm -- --update\` to rewrite it`,
  );
}
