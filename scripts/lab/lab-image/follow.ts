import type Docker from 'dockerode';

/**
 * Waits until an image is pulled, pushed or imported.
 * @returns all that the Engine said meanwhile
 * @throws {Error} what the Engine said went wrong.
 */
export function followToEnd(docker: Docker, progress: NodeJS.ReadableStream): Promise<Said[]> {
  return new Promise((done, fail) =>
    docker.modem.followProgress(progress, (error: Error | null, said: Said[]) =>
      error ? fail(error) : done(said),
    ),
  );
}

/** A line of the Engine's progress, as far as it is read here. */
export interface Said {
  readonly aux?: { readonly Digest?: string };
}
