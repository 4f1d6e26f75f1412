import { dirname } from 'node:path';
import { withDependencies, type IndexedPackage } from './archive.ts';
import { PackagesGone } from './download.ts';
import type { InputsLock, PinnedPackage } from './lock.ts';
import { areNewer, newestOf } from './newest.ts';
import { ARCHITECTURE, LEFT_OUT, SUITES } from './packages.ts';
import { BuildError } from '../run.ts';
import { fetchIndex, KEYRING, type Suite } from './suites.ts';
import { pin } from './update.ts';

/*
 * Debian's archive keeps no old versions, so that it drops what the lock names within days. Such a
 * package is then taken in the newest version that Debian has signed; what the archive still has is
 * taken as it is locked.
 */

/**
 * Builds of what a lock names, or of newer versions of what the archive has no more.
 * @param build is called again with other inputs where a package was gone
 * @param print tells which version was taken for which
 * @param keyring path of the keys that count
 * @throws {PackagesGone} if no newer version is known either
 */
export async function withoutGone<T>(
  lock: InputsLock,
  build: (inputs: InputsLock) => Promise<T>,
  print: (line: string) => void,
  signal: AbortSignal,
  suites: readonly Suite[] = SUITES,
  keyring = KEYRING,
): Promise<T> {
  let inputs = lock;
  let newest: Promise<ReadonlyMap<string, IndexedPackage>> | undefined;
  for (;;) {
    try {
      return await build(inputs);
    } catch (error) {
      if (!(error instanceof PackagesGone)) throw error;
      newest ??= newestSigned(suites, keyring, print, signal);
      inputs = await replaceGone(inputs, error, await newest, print);
    }
  }
}

/** The newest packages of all suites whose index Debian has signed; tells which is refused. */
async function newestSigned(
  suites: readonly Suite[],
  keyring: string,
  print: (line: string) => void,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, IndexedPackage>> {
  const found = await Promise.allSettled(
    suites.map((suite) => fetchIndex(suite, ARCHITECTURE, signal, keyring)),
  );
  signal.throwIfAborted();
  for (const one of found) {
    if (one.status === 'fulfilled') continue;
    if (!(one.reason instanceof BuildError)) throw one.reason;
    print(one.reason.message);
  }
  return newestOf(found.flatMap((one) => (one.status === 'fulfilled' ? one.value.packages : [])));
}

/**
 * A lock without what the archive has no more. Packages of the same source change together: they
 * may need each other in exactly this version. What a new version needs in addition is added.
 */
async function replaceGone(
  lock: InputsLock,
  gone: PackagesGone,
  newest: ReadonlyMap<string, IndexedPackage>,
  print: (line: string) => void,
): Promise<InputsLock> {
  const folders = new Set(gone.packages.map(({ path }) => dirname(path)));
  const locked = [...lock.base, ...lock.system, ...lock.machine];
  const changed = new Map<string, PinnedPackage>();
  for (const one of locked.filter(({ path }) => folders.has(dirname(path)))) {
    const isGone = gone.packages.some(({ name }) => name === one.name);
    const other = newest.get(one.name);
    if (other !== undefined && (await isBetter(one, other, lock))) {
      changed.set(one.name, pin(other));
      if (other.version !== one.version)
        print(
          `${one.name}: ${one.version} → ${other.version}, the newest that Debian has signed; ` +
            (isGone
              ? 'the version of scripts/browser-lab/inputs/inputs.lock.json is not in the archive any more'
              : 'it is of the same source as one that is gone'),
        );
    } else if (isGone) throw withoutSuccessor(gone);
  }
  const isLocked = (name: string) => locked.some((one) => one.name === name);
  const unchanged = locked.filter(({ name }) => !changed.has(name)).map(({ name }) => name);
  const provided = locked.flatMap(({ name }) => newest.get(name)?.provides ?? []);
  const without = new Set([...unchanged, ...provided, ...LEFT_OUT]);
  for (const name of changed.keys()) without.delete(name);
  const withNew = (packages: readonly PinnedPackage[]) => {
    const names = packages.map(({ name }) => name).filter((name) => changed.has(name));
    const added = withDependencies(newest, names, without).filter(({ name }) => !isLocked(name));
    for (const { name, version } of added) print(`${name} ${version} is needed in addition`);
    return [...packages.map((one) => changed.get(one.name) ?? one), ...added.map(pin)].sort(
      (one, other) => (one.name < other.name ? -1 : 1),
    );
  };
  return {
    ...lock,
    base: withNew(lock.base),
    system: withNew(lock.system),
    machine: lock.machine.map((one) => changed.get(one.name) ?? one),
  };
}

/** Whether a package is newer than the locked one, or the same at another place. */
async function isBetter(
  one: PinnedPackage,
  other: IndexedPackage,
  lock: InputsLock,
): Promise<boolean> {
  if (one.version === other.version)
    return other.path !== one.path || other.archive !== (one.archive ?? lock.archive);
  return (await areNewer([`${other.version} ${one.version}`]))[0] === true;
}

function withoutSuccessor({ packages, message }: PackagesGone): PackagesGone {
  return new PackagesGone(
    packages,
    `${message}\nA newer version is in no index that Debian has signed and this machine can reach`,
  );
}
