import { hash } from 'node:crypto';
import { copyFile, link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import {
  LICENCES,
  readVmManifest,
  type VmFile,
  type VmManifest,
} from '../../src/browser-lab/format/manifest.ts';

/** The folder from which the page loads the browser lab. */
export const VM_FOLDER = join(import.meta.dirname, '../../vm');

const MANIFEST = 'manifest.json';

/** The manifest entry of a file: `state.bin.zst` becomes `state-0123456789abcdef.bin.zst`. */
export async function described(source: string, name: string): Promise<VmFile> {
  const content = await readFile(source);
  const sha256 = hash('sha256', content);
  return { path: name.replace('.', `-${sha256.slice(0, 16)}.`), bytes: content.length, sha256 };
}

/** The manifest of the folder; undefined if there is none or this version cannot read it. */
export async function presentManifest(folder = VM_FOLDER): Promise<VmManifest | undefined> {
  try {
    return readVmManifest(await readFile(join(folder, MANIFEST), 'utf8'));
  } catch {
    return undefined;
  }
}

/** What the folder holds besides the manifest. */
export interface FolderContents {
  /** Sources by their path in the manifest. */
  readonly files: ReadonlyMap<string, string>;
  /** Folder with the parts of the disk. */
  readonly parts: string;
  /** Folder with the licences of all programs. */
  readonly licences: string;
}

/** Whether the folder already has this manifest and these licences. */
export async function isUpToDate(
  manifest: VmManifest,
  licences: string,
  folder = VM_FOLDER,
): Promise<boolean> {
  const present = await presentManifest(folder);
  if (JSON.stringify(present) !== JSON.stringify(manifest)) return false;
  // The page names the version of each program and its licence.
  const pages = [join(folder, LICENCES), licences].map((at) => readFile(join(at, 'index.html')));
  const [there, wanted] = await Promise.allSettled(pages);
  return (
    there?.status === 'fulfilled' &&
    wanted?.status === 'fulfilled' &&
    there.value.equals(wanted.value)
  );
}

/** Replaces the whole folder. */
export async function writeFolder(
  manifest: VmManifest,
  { files, parts, licences }: FolderContents,
  folder = VM_FOLDER,
): Promise<void> {
  await replaced(folder, async (fresh) => {
    const disk = join(fresh, dirname(manifest.disk.path));
    await mkdir(disk, { recursive: true });
    for (const [path, source] of files) await put(source, join(fresh, path));
    const prefix = basename(manifest.disk.path).replace(/\..*/, '');
    for (const name of await readdir(parts))
      await put(join(parts, name), join(disk, `${prefix}-${name}`));
    await putAll(licences, join(fresh, LICENCES));
    await writeFile(join(fresh, MANIFEST), `${JSON.stringify(manifest, undefined, 2)}\n`);
  });
}

/** Replaces a folder with the files of another one. */
export async function replaceFolder(source: string, folder: string): Promise<void> {
  await replaced(folder, (fresh) => putAll(source, fresh));
}

/** Replaces a folder with one that is filled first. */
async function replaced(folder: string, fill: (fresh: string) => Promise<void>): Promise<void> {
  const fresh = `${folder}.${process.pid}.new`;
  await rm(fresh, { recursive: true, force: true });
  try {
    await fill(fresh);
    await rm(folder, { recursive: true, force: true });
    await rename(fresh, folder);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** Puts the files of a folder and its subfolders into another one. */
async function putAll(source: string, target: string): Promise<void> {
  await mkdir(target);
  for (const entry of await readdir(source, { withFileTypes: true })) {
    const [from, to] = [join(source, entry.name), join(target, entry.name)];
    await (entry.isDirectory() ? putAll(from, to) : put(from, to));
  }
}

/** Creates a hard link, or a copy where links are not possible. */
async function put(source: string, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  await link(source, target).catch(() => copyFile(source, target));
}
