import type Docker from 'dockerode';

/** An Engine that hosts labs. */
export interface OuterEngine {
  readonly docker: Docker;
  /** For messages: `the private Docker Engine`, `Docker Engine 29.0.1 at unix:///run/docker.sock`. */
  readonly name: string;
  /** Whether it belongs to the lab alone. */
  readonly isPrivate: boolean;
  /** Starts it again if it has died; does nothing to an Engine that is not ours. */
  revive(): Promise<void>;
  /** Lets go of it; the last to let go of a private one stops it. Idempotent. */
  release(): Promise<void>;
}
