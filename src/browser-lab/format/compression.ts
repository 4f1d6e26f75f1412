const FORMAT = 'gzip';

/** Compresses bytes. */
export function compressed(parts: readonly Uint8Array<ArrayBuffer>[]): Promise<ArrayBuffer> {
  return piped(new Blob([...parts]), new CompressionStream(FORMAT));
}

/**
 * Reverses `compressed`, or gzip itself.
 * @throws {TypeError} if the bytes are not in this format
 */
export function decompressed(bytes: ArrayBuffer): Promise<ArrayBuffer> {
  return piped(new Blob([bytes]), new DecompressionStream(FORMAT));
}

function piped(from: Blob, through: CompressionStream | DecompressionStream): Promise<ArrayBuffer> {
  return new Response(from.stream().pipeThrough(through)).arrayBuffer();
}
