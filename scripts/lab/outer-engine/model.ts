import type Docker from 'dockerode';

/** An Engine that hosts labs. */
export interface OuterEngine {
  readonly docker: Docker;
  /**
   * For messages: `the private Docker Engine`, `Docker Engine 29.0.1 at unix:///run/docker.sock`.
   */
  readonly name: string;
  /** Whether it is only used for labs. */
  readonly isPrivate: boolean;
  /** Restarts a private Engine if it has died; does nothing to another Engine. */
  revive(): Promise<void>;
  /** Releases it; the last process to release a private Engine stops it. Idempotent. */
  release(): Promise<void>;
}
