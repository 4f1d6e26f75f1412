import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { VmManifest } from '../../src/browser-lab/format/manifest.ts';
import type { ArchiveFiles } from './archive.ts';
import { described } from './folder.ts';
import type { Images, RegistryContent } from './images.ts';

/** The files of the registry and of Debian's archive in the folder `vm/`. */
export interface Served extends Pick<VmManifest, 'registry' | 'archive'> {
  /** Sources by path in the folder. */
  readonly sources: ReadonlyMap<string, string>;
}

export async function describeServed(images: Images, archive: ArchiveFiles): Promise<Served> {
  const sources = new Map<string, string>();
  const file = async (source: string, name: string) => {
    const described_ = await described(source, name);
    sources.set(described_.path, source);
    return described_;
  };
  const content = JSON.parse(
    await readFile(join(images.registry, 'registry.json'), 'utf8'),
  ) as RegistryContent;
  const blob = (digest: string) =>
    file(join(images.registry, 'blobs', digest.replace(':', '/')), 'registry/blob.bin');
  return {
    registry: {
      tags: content.tags,
      manifests: await Promise.all(
        content.manifests.map(async ({ digest, mediaType }) => ({
          ...(await blob(digest)),
          type: mediaType,
        })),
      ),
      blobs: await Promise.all(content.blobs.map(({ digest }) => blob(digest))),
    },
    archive: await Promise.all(
      [...archive].map(async ([at, source]) => ({
        ...(await file(source, 'archive/file.bin')),
        at,
      })),
    ),
    sources,
  };
}
