import { fetchIndex, fetchReleaseTime, withDependencies, type IndexedPackage } from './archive.ts';
import { type PinnedPackage, writeInputsLock } from './lock.ts';
import { ARCHITECTURE, ARCHIVE, LEFT_OUT, MACHINE, SUITE, SYSTEM } from './packages.ts';

/** Pins what the archive has today. */
export async function updateInputs(): Promise<void> {
  const index = await fetchIndex(ARCHIVE, SUITE, ARCHITECTURE);
  const minbase = [...index.values()]
    .filter(({ essential, priority }) => essential || priority === 'required')
    .map(({ name }) => name);
  const base = withDependencies(index, [...minbase, 'apt']);
  const without = new Set([...base.map(({ name }) => name), ...LEFT_OUT]);
  const machine = MACHINE.map((name) => index.get(name)).filter((found) => found !== undefined);
  await writeInputsLock({
    archive: ARCHIVE,
    suite: SUITE,
    epoch: await fetchReleaseTime(ARCHIVE, SUITE),
    base: base.map(pin),
    system: withDependencies(index, SYSTEM, without).map(pin),
    machine: machine.map(pin),
  });
}

function pin({ name, version, path, sha256 }: IndexedPackage): PinnedPackage {
  return { name, version, path, sha256 };
}
