import { readFile, writeFile } from 'node:fs/promises';

/** One package of Debian's archive, as it is downloaded. */
export interface PinnedPackage {
  readonly name: string;
  readonly version: string;
  /** Address of the archive that has it, where that is not the lock's own. */
  readonly archive?: string;
  /** From the archive's root, such as `pool/main/b/bash/bash_5.2.37-2+b10_i386.deb`. */
  readonly path: string;
  readonly sha256: string;
}

/**
 * Every input of the browser lab but v86, which package-lock.json pins. Packages are sorted by name: a new lock differs only
 * where the archive does.
 */
export interface InputsLock {
  /** Address of the archive that `path` of a package is within, unless it names another. */
  readonly archive: string;
  /** The release. Its updates were looked through as well. */
  readonly suite: string;
  /** When one of its suites was last changed, in seconds: nothing in the image is newer. */
  readonly epoch: number;
  /** The `debian` image; it is the guest's own root filesystem as well. */
  readonly base: readonly PinnedPackage[];
  /** What the guest has on top: the Engine and what its commands are shown with. */
  readonly system: readonly PinnedPackage[];
  /** What is used to make the machine, and is not in it: the kernel's source, the BIOS. */
  readonly machine: readonly PinnedPackage[];
}

const FILE = new URL('inputs.lock.json', import.meta.url);

/** The committed lock. */
export async function readInputsLock(): Promise<InputsLock> {
  return JSON.parse(await readFile(FILE, 'utf8')) as InputsLock;
}

/** Replaces the lock. */
export async function writeInputsLock(lock: InputsLock): Promise<void> {
  await writeFile(FILE, `${JSON.stringify(lock, undefined, 2)}\n`);
}

/**
 * The pinned package of a name.
 * @throws {Error} if the lock has none: it belongs to another version of this code
 */
export function pinned(packages: readonly PinnedPackage[], name: string): PinnedPackage {
  const found = packages.find((candidate) => candidate.name === name);
  if (found !== undefined) return found;
  throw new Error(
    `inputs.lock.json has no package ${name}: write it anew with \`npm run vm -- --update\``,
  );
}
