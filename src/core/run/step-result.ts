import type { UnmetExpectation } from '../recording/expectations.ts';
import type { CommandProof } from '../recording/proof.ts';
import type { CommandEnd, EndedProgram, OpenProgram } from '../session/session.ts';

/**
 * The result of running a step, as data; only views turn it into sentences. It does not contain the
 * step, whose line and prose may change while its result stays.
 */
export interface StepResult {
  /**
   * The typed commands, in order, each with its exit status, its time, and its place on the screen.
   * After a fault, the rest are missing.
   */
  readonly commands: readonly CommandProof[];
  /** Plain text of the screen at the end. */
  readonly screen: string;
  /** The values that the step measured, by name. */
  readonly measured: Readonly<Record<string, string>>;
  /** Why the step did not do what its lesson expects; absent if it did. */
  readonly fault?: StepFault;
}

/** The parts of a result that are compared. The places of typed lines exclude them from output. */
export interface ComparedResult extends Pick<StepResult, 'screen'> {
  readonly commands: readonly Pick<CommandProof, 'shown'>[];
}

/** Why a step did not do what its lesson expects. `command` is the index of one of its commands. */
export type StepFault =
  StatusFault | ({ readonly kind: 'ended'; readonly command: number } & Ending) | UnmetFault;

/** All commands ended as expected, but the screen is not as expected. */
export interface UnmetFault {
  readonly kind: 'unmet';
  readonly unmet: readonly UnmetExpectation[];
}

/** A command ended with another status than expected. */
export interface StatusFault {
  readonly kind: 'status';
  readonly command: number;
  readonly wanted: number;
  readonly got: number;
  /** The program that an earlier command left open, if it ended before `command` was typed. */
  readonly program?: string;
}

/** How a command failed to end, or why it was not typed. */
export type Ending =
  | Exclude<CommandEnd, { how: 'prompt' | 'open' }>
  /**
   * It was not typed, because the wrong reader would have read it: the program `open` instead of
   * the session, or the session instead of a program. `ended` was open and has ended by itself.
   */
  | { readonly how: 'reader'; readonly open?: OpenProgram; readonly ended?: EndedProgram }
  /** It waits for the keyboard, and the lesson types nothing into it. */
  | { readonly how: 'open'; readonly open: OpenProgram }
  /** The step requires an exit status, but the program that should end with it is still open. */
  | { readonly how: 'unended'; readonly wanted: number; readonly open?: OpenProgram }
  /** More lines were printed than the terminal keeps. */
  | { readonly how: 'full' };
