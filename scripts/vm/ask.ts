import { BuildError } from './run.ts';

/**
 * Asks a server for a file.
 * @throws {BuildError} if it cannot be reached; whatever it answers is handed over
 */
export async function ask(address: string, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(address, { signal });
  } catch (error) {
    signal.throwIfAborted();
    const { cause } = error as { readonly cause?: unknown };
    throw new BuildError(
      `${address} cannot be reached: ${cause instanceof Error ? cause.message : String(error)}. See whether this machine reaches Debian's archive`,
    );
  }
}
