import type { UnmetExpectation } from '../recording/expectations.ts';
import type { CommandProof } from '../recording/proof.ts';
import type { CommandEnd, EndedProgram, OpenProgram } from '../session/session.ts';

/**
 * What running a step came to, as data: views alone turn it into sentences. It does not hold the
 * step, whose line and prose may change while its result stays.
 */
export interface StepResult {
  /**
   * The commands that were typed, in order, each with its exit status, its time, and where on the
   * screen its typing stands. After a fault the rest are missing.
   */
  readonly commands: readonly CommandProof[];
  /** Plain text of the screen as it stood at the end. */
  readonly screen: string;
  /** The values that the step measures, by name, as far as they were found. */
  readonly measured: Readonly<Record<string, string>>;
  /** Why the step did not do what its lesson expects; absent if it did. */
  readonly fault?: StepFault;
}

/** As much of a result as is compared: where its commands were typed is no output of them. */
export interface ComparedResult extends Pick<StepResult, 'screen'> {
  readonly commands: readonly Pick<CommandProof, 'shown'>[];
}

/** Why a step did not do what its lesson expects. `command` is the index of one of its commands. */
export type StepFault =
  StatusFault | ({ readonly kind: 'ended'; readonly command: number } & Ending) | UnmetFault;

/** All commands ended as they should, but the screen is not as expected. */
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

/** How a command stands that did not end as a command does, or was not typed at all. */
export type Ending =
  | Exclude<CommandEnd, { how: 'prompt' | 'open' }>
  /**
   * It was not typed, since another one would have read it: `open` waits where the session's prompt
   * should be, or no program waits where one should. `ended` was open and has ended by itself.
   */
  | { readonly how: 'reader'; readonly open?: OpenProgram; readonly ended?: EndedProgram }
  /** It waits for the keyboard, and the lesson types nothing into it. */
  | { readonly how: 'open'; readonly open: OpenProgram }
  /** The step states an exit status, and what should end with it is still open. */
  | { readonly how: 'unended'; readonly wanted: number; readonly open?: OpenProgram }
  /** More lines were printed than the terminal keeps. */
  | { readonly how: 'full' };
