/** What a session needs of the place in which it is played: the recorder's lab, or the reader's own tab. */

/** The terminal of the session's bash. */
export interface SessionTerminal {
  /** Types into it. */
  input(text: string): void;
  /** Hands over what it prints, as it comes. Called once, before anything is typed. */
  onOutput(receive: (bytes: Uint8Array) => void): void;
  /** Makes who prints wait, until `resume`. */
  pause(): void;
  resume(): void;
  resize(cols: number, rows: number): Promise<void>;
  /** Resolves when bash is gone. */
  readonly gone: Promise<unknown>;
}

/** A program that waits for the keyboard. */
export interface WaitingProgram {
  readonly pid: number;
  /** Bytes it has read so far. */
  readonly read: number;
  readonly program: string;
}

/** When the input detector is to answer. */
export interface InputQuery {
  /** Process id of the session's bash. */
  readonly root: number;
  /** The program that was typed to, and how many bytes it must have read. */
  readonly typedTo?: { readonly pid: number; readonly need: number };
  /** Milliseconds before anything is decided. */
  readonly delay?: number;
  /** Width that the program's terminal must have, which may be one inside a container. */
  readonly cols?: number;
}

/** Tells when a program waits for the keyboard. */
export interface InputDetector {
  /**
   * Looks until a program waits; `found` is called again if its fence did not arrive. `complete`
   * says that all that the program has printed was received: then no fence comes.
   * @returns the number that the fence will carry: a mark in the terminal's output behind all that
   * the program has printed
   */
  detect(query: InputQuery, found: (waiter: WaitingProgram, complete?: boolean) => void): number;
  /** Is told whenever something was printed. */
  printed?(): void;
  /** Looks until no process has a signal of the keyboard left to take; `found` is called then. */
  awaitSignals(found: () => void): void;
  stop(): void;
  end(): void;
  /** Resolves with what to tell when nobody looks any more. */
  readonly failed: Promise<Error>;
}
