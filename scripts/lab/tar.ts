/** A file of an archive that is handed to the Engine. */
export interface TarEntry {
  /** Relative path, at most 100 bytes. */
  readonly path: string;
  readonly content: Buffer;
}

const BLOCK = 512;

/**
 * Packs files into an archive, owned by root, all with mode 0644 and no date: the same files give
 * the same bytes on every machine. Format: POSIX ustar (pax(1)).
 */
export function packTar(entries: readonly TarEntry[]): Buffer {
  const blocks = entries.flatMap(({ path, content }) => [
    header(path, content.length),
    content,
    Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK),
  ]);
  return Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]);
}

function header(path: string, size: number): Buffer {
  if (Buffer.byteLength(path) > 100) throw new Error(`path too long for an archive: ${path}`);
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, offset: number, length: number): number =>
    block.write(value.toString(8).padStart(length - 1, '0'), offset, 'latin1');
  block.write(path, 0);
  octal(0o644, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(0, 136, 12);
  block.write('        ', 148);
  block.write('0', 156);
  block.write('ustar\u000000', 257, 'latin1');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}
