/** What a session needs from the place where it runs: the recorder's lab or the reader's tab. */

/** The terminal of the session's bash. */
export interface SessionTerminal {
  /** Types a text. */
  input(text: string): void;
  /** Registers the receiver of its output. Called once, before anything is typed. */
  onOutput(receive: (bytes: Uint8Array) => void): void;
  /**
   * Stops reading output, so that programs wait until `resume`. A line that is slower than its
   * reader needs neither.
   */
  pause?(): void;
  resume?(): void;
  resize(cols: number, rows: number): Promise<void>;
  /** Resolves when bash has ended. */
  readonly gone: Promise<unknown>;
}

/** A program that waits for the keyboard. */
export interface WaitingProgram {
  readonly pid: number;
  /** Bytes it has read so far. */
  readonly read: number;
  readonly program: string;
}

/** Conditions under which the input detector reports a program. */
export interface InputQuery {
  /** Process id of the session's bash. */
  readonly root: number;
  /** The program that was typed to, and how many bytes it must have read. */
  readonly typedTo?: { readonly pid: number; readonly need: number };
  /** How long to wait before the first decision, in milliseconds. */
  readonly delay?: number;
  /** Required width of the program's terminal, which may be inside a container. */
  readonly cols?: number;
  /** Whether the next line is meant for a program. */
  readonly expected?: boolean;
}

/** Detects when a program waits for the keyboard. */
export interface InputDetector {
  /**
   * Watches until a program waits. A fence is a mark in the terminal's output after everything that
   * the program has printed. `found` is called again if the fence has not arrived. With `complete`,
   * all output of the program has been received, and there is no fence.
   * @returns the number of the fence
   */
  detect(query: InputQuery, found: (waiter: WaitingProgram, complete?: boolean) => void): number;
  /** Called whenever there was output. */
  printed?(): void;
  /** Calls `found` when no process has a pending keyboard signal. */
  awaitSignals(found: () => void): void;
  stop(): void;
  end(): void;
  /** Resolves with an error if the detector stops working. */
  readonly failed: Promise<Error>;
}
