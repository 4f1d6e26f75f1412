import type { Readable, Writable } from 'node:stream';
import type { Engine } from '../../src/core/recording/engines.ts';
import type { LabFacts } from '../../src/core/recording/proof.ts';
import type { LabError } from './error.ts';

// The proof of a recording contains the facts of the lab in which it was recorded.
export type { LabFacts };

/** Receives a line of progress: plain text without a line end. */
export type OnProgress = (message: string) => void;
/** Its name in sources whose hash identifies a saved state of the browser lab. */
export type Report = OnProgress;

/**
 * The image store of a lab's Engine: containerd's, or Docker's own, the default before Engine 29.
 */
export type Store = 'containerd' | 'overlay2';

export interface LabSpec {
  /** Name of a definition: a folder in `scripts/lab/images/`. */
  readonly lab: string;
  readonly store: Store;
  /**
   * Pulled from the lab's own registry before anything is typed, e.g. `debian` or `debian:trixie`.
   */
  readonly images: readonly string[];
  /** Another Engine than the lab's own. `ENGINE_IMAGE` names another image that has it. */
  readonly engine?: Engine;
}

/** Credentials for pushing to a registry. */
export interface RegistryUser {
  readonly username: string;
  readonly password: string;
}

/** A connection to the outer Engine, which hosts the labs. Many labs may be open at once. */
export interface LabHost {
  /**
   * Boots a fresh lab in about two seconds. Builds its image first if necessary.
   * @throws {LabError} if it cannot be built or booted.
   */
  openLab(spec: LabSpec): Promise<Lab>;
  /** Connects to a lab that another process keeps open in the same outer Engine. */
  joinLab(id: string): LabProcesses;
  /**
   * Builds the image of a definition if necessary, and writes its versions to the lock file.
   * @returns path of the lock file
   * @throws {LabError} if the image cannot be built.
   */
  lock(lab: string): Promise<string>;
  /**
   * Builds the image of a definition if necessary, pushes it, and writes its digest to a file. From
   * then on, it is pulled instead of built.
   * @param repository such as `ghcr.io/somebody/you-like-docker/lab`
   * @returns path of that file
   * @throws {LabError} if it cannot be built or pushed.
   */
  publish(lab: string, repository: string, user?: RegistryUser): Promise<string>;
  /**
   * Builds the image of another Engine if necessary. Set `LAB_IMAGE` to its name to run lessons in
   * it.
   * @param suite a folder in `scripts/lab/engines`
   * @returns its name in the outer Engine
   * @throws {LabError} if it cannot be built.
   */
  engine(suite: string): Promise<string>;
  /** Closes all labs of this host and releases the outer Engine. Idempotent. */
  close(): Promise<void>;
}

/** Starts processes in a lab. */
export interface LabProcesses {
  /** Starts a process on a pseudo-terminal inside the lab. */
  terminal(options: TerminalOptions): Promise<LabTerminal>;
  /** Starts a helper process inside the lab, with pipes for stdin, stdout and stderr. */
  pipe(cmd: readonly string[]): Promise<LabPipe>;
  /** Runs a process inside the lab to its end. Its stdin is `input`. */
  run(cmd: readonly string[], input?: string | Buffer): Promise<RunResult>;
}

/** A throwaway Docker Engine. */
export interface Lab extends LabProcesses {
  /** Id of its container in the outer Engine. */
  readonly id: string;
  readonly facts: LabFacts;
  /** A container that sees the lab's processes and has Debian's tools, which its image may lack. */
  readonly tools: LabProcesses;
  /**
   * Pauses all processes in the lab until `resume()`: they use no processor time and print nothing.
   * Clocks continue.
   * @throws {LabError} if the outer Engine cannot pause it
   */
  hold(): Promise<void>;
  /** @throws {LabError} if the lab is gone */
  resume(): Promise<void>;
  /** Checks whether commands have broken the lab; undefined if it works. Never throws. */
  trouble(): Promise<LabError | undefined>;
  /** The last 30 lines or so in the log of the lab's Engine; empty if it cannot be read. */
  engineLog(): Promise<string>;
  /** Removes the lab and its volumes. Idempotent; never throws, because the host tries again. */
  close(): Promise<void>;
}

export interface TerminalOptions {
  /** Program and arguments, started without a shell. */
  readonly cmd: readonly string[];
  /** Added to the lab's environment, each `NAME=value`. */
  readonly env: readonly string[];
  /** Absolute path of the working folder, which must exist. */
  readonly cwd: string;
  readonly cols: number;
  readonly rows: number;
}

export interface LabTerminal {
  /** Types into the terminal. */
  input(bytes: string | Buffer): void;
  /** Raw bytes; ends when no process uses the terminal any more. `pause()` makes processes wait. */
  readonly output: Readable;
  resize(cols: number, rows: number): Promise<void>;
  /** Exit status; resolves after all output has been passed to `output`. */
  readonly exited: Promise<number>;
}

export interface LabPipe {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Exit status; resolves after all output has been passed on. */
  readonly exited: Promise<number>;
}

export interface RunResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}
