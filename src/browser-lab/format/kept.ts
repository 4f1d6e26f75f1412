import type { VmFile, VmManifest } from './manifest.ts';
import { partPaths } from './parts-disk.ts';

/** What the machine does not load when it starts, but would fetch when it needs it. */
export function keptPaths(manifest: VmManifest): string[] {
  return [...partPaths(manifest.disk), ...servedFiles(manifest).map(({ path }) => path)];
}

/** Size of these files together, in bytes. */
export function keptBytes(manifest: VmManifest): number {
  return servedFiles(manifest).reduce((sum, { bytes }) => sum + bytes, manifest.disk.packedBytes);
}

/** The files that the guest can get over its network. */
export function servedFiles({ registry, archive }: VmManifest): VmFile[] {
  const files = [...registry.manifests, ...registry.blobs, ...archive];
  // Two paths of the archive may have the same content.
  return [...new Map(files.map((file) => [file.path, file])).values()];
}
