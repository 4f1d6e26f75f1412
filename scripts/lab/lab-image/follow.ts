import type Docker from 'dockerode';

/**
 * Waits until an image is pulled, pushed or imported.
 * @returns the progress messages of the Engine
 * @throws {Error} with the message of the Engine if it fails
 */
export function followToEnd(
  docker: Docker,
  progress: NodeJS.ReadableStream,
): Promise<ProgressMessage[]> {
  return new Promise((done, fail) =>
    docker.modem.followProgress(progress, (error: Error | null, said: ProgressMessage[]) =>
      error ? fail(error) : done(said),
    ),
  );
}

/** A progress message of the Engine, as far as it is read here. */
export interface ProgressMessage {
  readonly aux?: { readonly Digest?: string };
}
