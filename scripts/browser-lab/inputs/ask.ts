import { BuildError } from '../run.ts';

/**
 * Asks a server for a file.
 * @throws {BuildError} if it cannot be reached; whatever it answers is handed over
 */
export async function ask(address: string, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(address, { signal });
  } catch (error) {
    throw unreachable(address, error, signal);
  }
}

/**
 * Reads what a server answers to the end.
 * @throws {BuildError} if the connection is lost on the way
 */
export async function bytesOf(response: Response, signal: AbortSignal): Promise<Buffer> {
  try {
    return Buffer.from(await response.arrayBuffer());
  } catch (error) {
    throw unreachable(response.url, error, signal);
  }
}

function unreachable(address: string, error: unknown, signal: AbortSignal): BuildError {
  signal.throwIfAborted();
  const { cause } = error as { readonly cause?: unknown };
  return new BuildError(
    `${address} cannot be reached: ${cause instanceof Error ? cause.message : String(error)}. See whether this machine reaches Debian's archive`,
  );
}
