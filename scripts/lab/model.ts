import type { Readable, Writable } from 'node:stream';
import type { LabFacts } from '../../src/core/recording/proof.ts';
import type { LabError } from './error.ts';

// What a lab tells of itself stands in the proof of what was recorded in it.
export type { LabFacts };

/** Takes one line of progress, plain text without a line end; the caller prints it. */
export type Report = (message: string) => void;

/** Where a lab's Engine keeps its images: containerd's store, or Docker's own of before Engine 29. */
export type Store = 'containerd' | 'overlay2';

/** Which lab to open. */
export interface LabSpec {
  /** Name of a definition: a folder of `scripts/lab/images/`. */
  readonly lab: string;
  readonly store: Store;
  /** Pulled from the lab's own registry before anything is typed, e.g. `debian` or `debian:trixie`. */
  readonly images: readonly string[];
}

/** Who pushes to a registry. */
export interface RegistryUser {
  readonly username: string;
  readonly password: string;
}

/** A way to an outer Engine, which hosts the labs. Many labs may be open at once. */
export interface LabHost {
  /**
   * Boots a fresh lab, about two seconds; builds its image first if it is not there yet.
   * @throws {LabError} if it cannot be built or booted.
   */
  openLab(spec: LabSpec): Promise<Lab>;
  /** A lab that another process has opened in the same outer Engine, and keeps open. */
  joinLab(id: string): LabProcesses;
  /**
   * Builds the image of a definition if need be, and makes the versions in it the expected ones.
   * @returns path of the lock file that it wrote.
   * @throws {LabError} if the image cannot be built.
   */
  lock(lab: string): Promise<string>;
  /**
   * Builds the image of a definition if need be, pushes it, and writes down its digest: from then on it is
   * pulled instead of built.
   * @param repository such as `ghcr.io/somebody/you-like-docker/lab`
   * @returns path of the file that it wrote.
   * @throws {LabError} if it cannot be built or pushed.
   */
  publish(lab: string, repository: string, user?: RegistryUser): Promise<string>;
  /**
   * Makes the image of another Engine if need be: with its name in `LAB_IMAGE` lessons are played on it.
   * @param suite a folder of `scripts/lab/engines`.
   * @returns its name in the outer Engine.
   * @throws {LabError} if it cannot be made.
   */
  engine(suite: string): Promise<string>;
  /** Closes what is still open of this host's labs and lets go of the outer Engine. Idempotent. */
  close(): Promise<void>;
}

/** What can be started in a lab. */
export interface LabProcesses {
  /** Starts a process on a pseudo-terminal inside the lab. */
  terminal(options: TerminalOptions): Promise<LabTerminal>;
  /** Starts a helper process inside the lab, with a pipe each for stdin, stdout and stderr. */
  pipe(cmd: readonly string[]): Promise<LabPipe>;
  /** Runs a process inside the lab to its end. `input` goes to its stdin, which is then closed. */
  run(cmd: readonly string[], input?: string | Buffer): Promise<RunResult>;
}

/** A throwaway Docker Engine. */
export interface Lab extends LabProcesses {
  /** Its container in the outer Engine. */
  readonly id: string;
  readonly facts: LabFacts;
  /** Where the lab's processes are seen as in the lab, and where Debian's tools are, also if its image has none of them. */
  readonly tools: LabProcesses;
  /**
   * Stops all that runs in the lab, until it is resumed: it takes no processor time, and prints nothing. Clocks go on.
   * @throws {LabError} if the outer Engine cannot
   */
  hold(): Promise<void>;
  /** @throws {LabError} if the lab is gone */
  resume(): Promise<void>;
  /** What is wrong with the lab, by whatever was done in it; undefined if it is well. Never throws. */
  trouble(): Promise<LabError | undefined>;
  /** The last 30 or so lines that the lab's Engine logged; empty if they cannot be read. */
  engineLog(): Promise<string>;
  /** Removes the lab and its volumes. Idempotent; never throws: the host tries once more what fails. */
  close(): Promise<void>;
}

export interface TerminalOptions {
  /** Program and arguments, without a shell between. */
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
  /** Raw bytes; ends when the process and all else that held the terminal are done. `pause()` makes the process wait. */
  readonly output: Readable;
  resize(cols: number, rows: number): Promise<void>;
  /** Exit status, known once all output has been handed to `output`. */
  readonly exited: Promise<number>;
}

export interface LabPipe {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Exit status, known once all output has been handed on. */
  readonly exited: Promise<number>;
}

export interface RunResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}
