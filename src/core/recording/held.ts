import { LEFTOVERS, type Leftovers } from './leftovers.ts';
import { STATES, type States } from './states.ts';

/** What a lab holds in the course of a lesson, and after it. */
export interface Held {
  readonly leftovers: Leftovers;
  readonly states: States;
}

/** As parts of a proof; absent if the lesson was recorded before they were asked. */
export const HELD = {
  leftovers: LEFTOVERS.exactOptional(),
  states: STATES.exactOptional(),
};
