import { hash } from 'node:crypto';
import { access, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { servedFiles } from '../../src/browser-lab/format/kept.ts';
import { LICENCES, readVmManifest } from '../../src/browser-lab/format/manifest.ts';
import { partPaths } from '../../src/browser-lab/format/parts-disk.ts';

/**
 * Compares the folder of a browser lab with its manifest: the hash of each file that has one there,
 * the number and total size of the parts of the disk, and whether there are licences.
 * @returns a message for each difference
 */
export async function faultsOfVm(folder: string): Promise<string[]> {
  let manifest;
  try {
    manifest = readVmManifest(await readFile(join(folder, 'manifest.json'), 'utf8'));
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
  const faults: string[] = [];
  for (const { path, sha256 } of [...Object.values(manifest.files), ...servedFiles(manifest)]) {
    const content = await readFile(join(folder, path)).catch(() => undefined);
    if (content === undefined) faults.push(`there is no ${path}`);
    else if (hash('sha256', content) !== sha256)
      faults.push(`the hash of ${path} differs from the one in the manifest`);
  }
  const sizes = await Promise.all(
    partPaths(manifest.disk).map(async (path) => {
      return (await stat(join(folder, path)).catch(() => undefined))?.size;
    }),
  );
  const missing = sizes.filter((size) => size === undefined).length;
  const packed = sizes.reduce<number>((sum, size = 0) => sum + size, 0);
  if (missing > 0) faults.push(`${missing} of ${sizes.length} parts of the disk are missing`);
  else if (packed !== manifest.disk.packedBytes)
    faults.push(
      `the parts of the disk have ${packed} bytes, not ${manifest.disk.packedBytes} as in the ` +
        'manifest',
    );
  await access(join(folder, LICENCES, 'index.html')).catch(() =>
    faults.push('the licences are missing'),
  );
  return faults;
}
