import { hash } from 'node:crypto';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { OnProgress } from '../lab/index.ts';
import { download } from './inputs/download.ts';
import type { InputsLock } from './inputs/lock.ts';
import { ARCHITECTURE } from './inputs/packages.ts';
import { run } from './run.ts';
import { hashFiles, hashOf, step } from './step.ts';

/*
 * The part of Debian's archive that the guest reaches: the packages that containers can install,
 * and an index of these alone. Only Debian could sign it; the `debian` image trusts it as it is
 * (`make/base.sh`).
 */

const HERE = new URL('./', import.meta.url);
/** The suites that `/etc/apt/sources.list.d` of the `debian` image names. */
const SUITES = [
  { archive: 'debian', suite: 'trixie' },
  { archive: 'debian', suite: 'trixie-updates' },
  { archive: 'debian-security', suite: 'trixie-security' },
];

/** Files of the archive: sources by path, such as `debian/dists/trixie/Release`. */
export type ArchiveFiles = ReadonlyMap<string, string>;

/** Collects the packages and writes their index. */
export async function makeArchive(
  lock: InputsLock,
  report: OnProgress,
  signal: AbortSignal,
): Promise<ArchiveFiles> {
  const packages = new Map<string, string>();
  for (const one of lock.served) {
    const archive = (one.archive ?? lock.archive).replace(/^.*\//, '');
    packages.set(`${archive}/${one.path}`, await download(lock, one, report, signal));
  }
  const inputs = hashOf(
    lock.served.map(({ sha256 }) => sha256).join('\n'),
    String(lock.epoch),
    await hashFiles(HERE, ['archive.ts']),
  );
  const indexes = await step('archive', inputs, (folder) =>
    writeIndexes(packages, lock.epoch, folder, signal),
  );
  const files = new Map(packages);
  for (const path of SUITES.flatMap(pathsOf)) files.set(path, join(indexes, path));
  return files;
}

function pathsOf({ archive, suite }: (typeof SUITES)[number]): string[] {
  return ['Release', INDEX].map((name) => `${archive}/dists/${suite}/${name}`);
}

const INDEX = `main/binary-${ARCHITECTURE}/Packages.gz`;

/** Writes the index of each suite, as in https://wiki.debian.org/DebianRepository/Format. */
async function writeIndexes(
  packages: ReadonlyMap<string, string>,
  epoch: number,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const date = new Date(epoch * 1000).toUTCString().replace('GMT', 'UTC');
  for (const { archive, suite } of SUITES) {
    // The updates are in the packages of the release itself, in the versions that the lock names.
    const isMain = !suite.endsWith('-updates');
    const served = [...packages].filter(([path]) => isMain && path.startsWith(`${archive}/`));
    const stanzas = await Promise.all(
      served.map(([path, file]) => stanza(path.slice(archive.length + 1), file, signal)),
    );
    const plain = Buffer.from(stanzas.join('\n'));
    const index = gzipSync(plain, { level: 9 });
    const release = [
      'Origin: Debian',
      'Label: Debian',
      `Suite: ${suite.replace('trixie', 'stable')}`,
      `Codename: ${suite}`,
      `Date: ${date}`,
      `Architectures: ${ARCHITECTURE}`,
      'Components: main',
      'SHA256:',
      // apt ignores a compressed index if this does not name the uncompressed one, too.
      ` ${hash('sha256', plain)} ${plain.length} ${INDEX.replace('.gz', '')}`,
      ` ${hash('sha256', index)} ${index.length} ${INDEX}`,
    ];
    const [releasePath = '', indexPath = ''] = pathsOf({ archive, suite }).map((path) =>
      join(folder, path),
    );
    await mkdir(dirname(indexPath), { recursive: true });
    await writeFile(indexPath, index);
    await writeFile(releasePath, `${release.join('\n')}\n`);
  }
}

async function stanza(path: string, file: string, signal: AbortSignal): Promise<string> {
  const fields = await run('dpkg-deb', ['--field', file], { signal });
  const { size } = await stat(file);
  const sha256 = hash('sha256', await readFile(file));
  return `${fields}Filename: ${path}\nSize: ${size}\nSHA256: ${sha256}\n`;
}
