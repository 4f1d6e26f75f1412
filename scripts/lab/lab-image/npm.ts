import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { LabError } from '../error.ts';
import type { TarEntry } from '../tar.ts';

/** An entry of `package-lock.json`, as far as it is read here. */
interface Locked {
  readonly version: string;
  /** Address of its archive. */
  readonly resolved: string;
  /** `sha512-…` of the archive, in base64. */
  readonly integrity: string;
  /** The processor for which it is, in the words of Node.js, such as `x64`. */
  readonly cpu?: string | readonly string[];
  /** Whether it is a part of another package's archive. */
  readonly inBundle?: boolean;
}

/** A package of a lock file, with its archive. */
export interface NpmPackage {
  readonly name: string;
  /** Its entry in the lock file. */
  readonly locked: Locked;
  readonly archive: Buffer;
}

/** What an archive of the npm registry is called, such as `pg-8.23.1.tgz`. */
export const archiveName = ({ locked }: Pick<NpmPackage, 'locked'>): string =>
  basename(new URL(locked.resolved).pathname);

/**
 * Downloads the packages of a lock file from the npm registry, and checks their hashes.
 * @param cpu the processor, in the words of Node.js: packages for others are left out
 * @throws {LabError} if one cannot be downloaded, or has another hash.
 */
export async function fetchNpm(lock: string, cpu: string): Promise<NpmPackage[]> {
  const wanted = lockedIn(lock).filter(
    ({ locked }) => !locked.cpu || [locked.cpu].flat().includes(cpu),
  );
  const fetched: NpmPackage[] = [];
  // One after the other, over one connection: not every network takes sixty at once.
  for (const one of wanted) fetched.push({ ...one, archive: await download(one.locked) });
  return fetched;
}

/** The packages of a lock file that have an archive of their own. */
export function lockedIn(lock: string): Omit<NpmPackage, 'archive'>[] {
  const { packages } = JSON.parse(lock) as { packages: Record<string, Locked> };
  return Object.entries(packages)
    .filter(([path, { inBundle }]) => path !== '' && !inBundle)
    .map(([path, locked]) => ({ name: path.replace(/^.*node_modules\//, ''), locked }));
}

async function download({ resolved, integrity }: Locked): Promise<Buffer> {
  const response = await fetch(resolved).catch((cause: unknown) => {
    throw new LabError(`${resolved} cannot be downloaded: ${String(cause)}`, 'check the network', {
      cause,
    });
  });
  if (!response.ok)
    throw new LabError(
      `${resolved} cannot be downloaded: status ${response.status}`,
      'check that the package-lock.json of the lab names a version that exists',
    );
  const archive = Buffer.from(await response.arrayBuffer());
  const hash = `sha512-${createHash('sha512').update(archive).digest('base64')}`;
  if (hash !== integrity)
    throw new LabError(
      `${resolved} has another hash than in the package-lock.json of the lab`,
      'run the command again; if it fails again, the package is not the one that was locked',
    );
  return archive;
}

/**
 * The files of a web server that `npm` can use as its registry: the archives, and for each name a
 * document with the versions that there are
 * (https://github.com/npm/registry/blob/main/docs/responses/package-metadata.md). The document is
 * the `index.html` of a folder, because the web server is one of plain files.
 */
export function npmRegistry(packages: readonly NpmPackage[]): TarEntry[] {
  const byName = Map.groupBy(packages, ({ name }) => name);
  return [...byName].flatMap(([name, versions]) => [
    ...versions.map((one) => ({ path: `${name}/-/${archiveName(one)}`, content: one.archive })),
    { path: `${name}/index.html`, content: Buffer.from(JSON.stringify(document(name, versions))) },
  ]);
}

function document(name: string, versions: readonly NpmPackage[]): object {
  const manifests = versions.map(({ locked }) => ({
    name,
    ...locked,
    dist: { tarball: locked.resolved, integrity: locked.integrity },
  }));
  const ordered = manifests.map(({ version }) => version).sort(byVersion);
  return {
    name,
    'dist-tags': { latest: ordered.at(-1) },
    versions: Object.fromEntries(manifests.map((manifest) => [manifest.version, manifest])),
  };
}

const byVersion = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });
