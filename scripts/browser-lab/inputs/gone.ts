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
 * Debian's archive does not keep old versions, so it may drop locked packages within days. Such a
 * package is replaced by its newest signed version; all others stay as locked.
 */

/**
 * Builds with locked packages, or with newer versions of those that the archive no longer has.
 * @param build is called again with other inputs if a package is gone
 * @param print receives a line for each replaced version
 * @param keyring path of the trusted keys
 * @throws {PackagesGone} if there is no newer version
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

/** The newest packages of all suites with a valid index; prints why others are refused. */
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
 * Replaces packages that the archive no longer has. All packages of the same source are replaced
 * together, because they may depend on each other's exact version. New dependencies are added.
 */
async function replaceGone(
  lock: InputsLock,
  gone: PackagesGone,
  newest: ReadonlyMap<string, IndexedPackage>,
  print: (line: string) => void,
): Promise<InputsLock> {
  const folders = new Set(gone.packages.map(({ path }) => dirname(path)));
  const locked = [...lock.base, ...lock.system, ...lock.machine, ...lock.served];
  const changed = new Map<string, PinnedPackage>();
  for (const one of locked.filter(({ path }) => folders.has(dirname(path)))) {
    const isGone = gone.packages.some(({ name }) => name === one.name);
    const other = newest.get(one.name);
    if (other !== undefined && (await isBetter(one, other, lock))) {
      changed.set(one.name, pin(other));
      if (other.version !== one.version)
        print(
          `${one.name}: ${one.version} → ${other.version}, the newest signed version; ` +
            (isGone
              ? 'the version in scripts/browser-lab/inputs/inputs.lock.json is no longer in the archive'
              : 'another package of the same source is gone'),
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
    for (const { name, version } of added) print(`${name} ${version} is a new dependency`);
    return [...packages.map((one) => changed.get(one.name) ?? one), ...added.map(pin)].sort(
      (one, other) => (one.name < other.name ? -1 : 1),
    );
  };
  return {
    ...lock,
    base: withNew(lock.base),
    system: withNew(lock.system),
    machine: lock.machine.map((one) => changed.get(one.name) ?? one),
    served: withNew(lock.served),
  };
}

/** Whether a package is newer than the locked one, or has the same version at another address. */
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
    `${message}\nNo index that is signed by Debian and can be reached from this machine has a newer version`,
  );
}
