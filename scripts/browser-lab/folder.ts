import { hash } from 'node:crypto';
import { copyFile, link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import {
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

/**
 * Replaces the whole folder.
 * @param files sources by their path in the manifest
 * @param parts folder with the parts of the disk
 */
export async function writeFolder(
  manifest: VmManifest,
  files: ReadonlyMap<string, string>,
  parts: string,
  folder = VM_FOLDER,
): Promise<void> {
  const fresh = `${folder}.${process.pid}.new`;
  await rm(fresh, { recursive: true, force: true });
  const disk = join(fresh, dirname(manifest.disk.path));
  await mkdir(disk, { recursive: true });
  try {
    for (const [path, source] of files) await put(source, join(fresh, path));
    const prefix = basename(manifest.disk.path).replace(/\..*/, '');
    for (const name of await readdir(parts))
      await put(join(parts, name), join(disk, `${prefix}-${name}`));
    await writeFile(join(fresh, MANIFEST), `${JSON.stringify(manifest, undefined, 2)}\n`);
    await rm(folder, { recursive: true, force: true });
    await rename(fresh, folder);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** Creates a hard link, or a copy where links are not possible. */
async function put(source: string, target: string): Promise<void> {
  await link(source, target).catch(() => copyFile(source, target));
}
