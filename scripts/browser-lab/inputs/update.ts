import { withDependencies, type IndexedPackage } from './archive.ts';
import { type InputsLock, type PinnedPackage, writeInputsLock } from './lock.ts';
import { newestOf } from './newest.ts';
import {
  ARCHITECTURE,
  ARCHIVE,
  LEFT_OUT,
  MACHINE,
  RELEASE,
  SERVED,
  SUITES,
  SYSTEM,
} from './packages.ts';
import { fetchIndex } from './suites.ts';

/**
 * Pins the current packages of Debian's archives.
 * @throws {BuildError} if an index cannot be fetched, or its signature is not valid
 */
export async function updateInputs(signal: AbortSignal): Promise<void> {
  await writeInputsLock(await presentInputs(signal));
}

/** Makes a lock with the newest version of each package in all suites of Debian's archives. */
export async function presentInputs(signal: AbortSignal): Promise<InputsLock> {
  const suites = await Promise.all(SUITES.map((suite) => fetchIndex(suite, ARCHITECTURE, signal)));
  const index = await newestOf(suites.flatMap(({ packages }) => packages));
  const minbase = [...index.values()]
    .filter(({ essential, priority }) => essential || priority === 'required')
    .map(({ name }) => name);
  const base = withDependencies(index, [...minbase, 'apt']);
  const inBase = new Set(base.flatMap(({ name, provides }) => [name, ...provides]));
  const without = new Set([...inBase, ...LEFT_OUT]);
  const machine = MACHINE.map((name) => index.get(name)).filter((found) => found !== undefined);
  return {
    archive: ARCHIVE,
    suite: RELEASE,
    epoch: Math.max(...suites.map(({ changed }) => changed)),
    base: base.map(pin),
    system: withDependencies(index, SYSTEM, without).map(pin),
    machine: machine.map(pin),
    served: withDependencies(index, SERVED, inBase).map(pin),
  };
}

/** Turns a package of an index into an entry of a lock whose default archive is `ARCHIVE`. */
export function pin({ name, version, archive, path, sha256 }: IndexedPackage): PinnedPackage {
  return { name, version, ...(archive !== ARCHIVE && { archive }), path, sha256 };
}
