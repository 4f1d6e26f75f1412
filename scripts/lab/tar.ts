import { packTar as pack } from 'modern-tar';

/** A file of an archive that is handed to the Engine. */
export interface TarEntry {
  readonly path: string;
  readonly content: Buffer;
}

/**
 * Packs files into an archive, owned by root, all with mode 0644 and no date: the same files give
 * the same bytes on every machine.
 */
export async function packTar(entries: readonly TarEntry[]): Promise<Buffer> {
  const files = entries.map(({ path, content }) => ({
    header: { name: path, size: content.length, mtime: new Date(0) },
    body: content,
  }));
  return Buffer.from(await pack(files));
}
