import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OnProgress } from '../../lab/index.ts';
import { download } from '../inputs/download.ts';
import type { InputsLock, PinnedPackage } from '../inputs/lock.ts';
import { BuildError, run } from '../run.ts';
import { hashFiles, hashOf, step } from '../step.ts';
import { controlFacts } from './control.ts';
import { npmPackages, type NpmPackage } from './npm.ts';
import { licencesPage, type LicensedPackage, type LinkedFile } from './page.ts';

const HERE = new URL('./', import.meta.url);
const OWN = ['collect.ts', 'control.ts', 'npm.ts', 'page.ts', 'v86-parts.txt'];
const V86_PARTS = fileURLToPath(new URL('v86-parts.txt', HERE));

/** Packages that are part of the browser lab, as the page of the licences presents them. */
export interface PackageGroup {
  readonly title: string;
  /** What they are used for, and in which way they were changed. */
  readonly about: string;
  readonly packages: readonly PinnedPackage[];
  /** Files that also belong to the source of these programs, by their path beside the page. */
  readonly files?: Readonly<Record<string, string>>;
}

/**
 * Collects the licence of each program that the browser lab publishes, and writes a page that names
 * them and the addresses of their sources.
 * @returns folder with `index.html` and the texts
 * @throws {BuildError} if a package has no licence
 */
export async function collectLicences(
  lock: InputsLock,
  groups: readonly PackageGroup[],
  report: OnProgress,
  signal: AbortSignal,
): Promise<string> {
  const programs = await npmPackages();
  const files = groups.flatMap((group) => Object.values(group.files ?? {}));
  const contents = await Promise.all(files.map((file) => readFile(file)));
  const own = await hashFiles(HERE, OWN);
  const inputs = hashOf(JSON.stringify([groups, programs]), own, ...contents);
  return step('licences', inputs, async (folder) => {
    const licensed = [];
    for (const { title, about, packages, files: more = {} } of groups) {
      const found = await licensedPackages(folder, lock, packages, report, signal);
      licensed.push({ title, about, packages: found, files: await addFiles(folder, more) });
    }
    const common = await commonLicences(folder);
    const others = await addPrograms(folder, programs);
    const page = licencesPage({ groups: licensed, others, common });
    await writeFile(join(folder, 'index.html'), page);
  });
}

/** Writes the licences of packages below `packages`, and Debian's common ones below `common`. */
async function licensedPackages(
  folder: string,
  lock: InputsLock,
  packages: readonly PinnedPackage[],
  report: OnProgress,
  signal: AbortSignal,
): Promise<LicensedPackage[]> {
  // Some packages link their folder of documentation to that of another package.
  const tree = join(folder, 'tree');
  await mkdir(tree);
  const controls = new Map<PinnedPackage, string>();
  for (const [index, one] of packages.entries()) {
    if (index % 20 === 0) report(`collecting licences: package ${index} of ${packages.length}`);
    const file = await download(lock, one, report, signal);
    controls.set(one, await run('dpkg-deb', ['--field', file], { signal }));
    const paths = ['./usr/share/doc'];
    if (one.name === 'base-files') paths.push('./usr/share/common-licenses');
    const script = 'dpkg-deb --fsys-tarfile "$0" | tar -C "$1" -x "$2" ${3:+"$3"}';
    await run('sh', ['-c', script, file, tree, ...paths], { signal });
  }
  await mkdir(join(folder, 'packages'), { recursive: true });
  const licensed = [];
  for (const [one, control] of controls) {
    const text = `packages/${basename(one.path, '.deb')}.txt`;
    const copyright = join(tree, 'usr/share/doc', one.name, 'copyright');
    await copyFile(copyright, join(folder, text)).catch(() => {
      throw new BuildError(`the package ${one.name} has no licence: ${copyright} does not exist`);
    });
    const pool = `${one.archive ?? lock.archive}/${dirname(one.path)}`;
    licensed.push({ ...controlFacts(control), text, pool });
  }
  const common = join(tree, 'usr/share/common-licenses');
  for (const entry of await readdir(common, { withFileTypes: true }).catch(() => [])) {
    // The others are links to the newest version of a licence.
    if (!entry.isFile()) continue;
    await mkdir(join(folder, 'common'), { recursive: true });
    await copyFile(join(common, entry.name), join(folder, 'common', `${entry.name}.txt`));
  }
  await rm(tree, { recursive: true });
  return licensed;
}

async function addFiles(
  folder: string,
  files: Readonly<Record<string, string>>,
): Promise<LinkedFile[]> {
  for (const [path, source] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await copyFile(source, join(folder, path));
  }
  return Object.keys(files).map((path) => ({ path, title: basename(path, '.txt') }));
}

async function commonLicences(folder: string): Promise<LinkedFile[]> {
  const names = await readdir(join(folder, 'common')).catch((): string[] => []);
  return names.sort().map((name) => ({ path: `common/${name}`, title: basename(name, '.txt') }));
}

async function addPrograms(folder: string, programs: readonly NpmPackage[]) {
  await mkdir(join(folder, 'npm'));
  const others = [];
  for (const { name, version, licence, source, text } of programs) {
    const path = `npm/${name.replace('/', '-')}.txt`;
    await writeFile(join(folder, path), text);
    const texts = [{ path, title: 'licence' }];
    if (name === 'v86') {
      await copyFile(V86_PARTS, join(folder, 'npm/v86-parts.txt'));
      texts.push({ path: 'npm/v86-parts.txt', title: 'licences of its parts' });
    }
    others.push({ name, version, licence, source, texts });
  }
  return others;
}
