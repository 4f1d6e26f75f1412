import { BuildError } from '../run.ts';

/**
 * Requests a file from a server.
 * @returns the response, whatever its status
 * @throws {BuildError} if the server cannot be reached
 */
export async function ask(address: string, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(address, { signal });
  } catch (error) {
    throw unreachable(address, error, signal);
  }
}

/**
 * Reads a whole response.
 * @throws {BuildError} if the connection is lost
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
    `${address} cannot be reached: ${cause instanceof Error ? cause.message : String(error)}. Check that this machine can reach Debian's archive`,
  );
}
