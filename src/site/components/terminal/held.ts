import { shortName } from '../../../core/recording/leftovers.ts';
import { neededSteps } from '../../../core/recording/needed-steps.ts';
import { thingsAfter, type ThingAfter } from '../../../core/recording/states.ts';
import { partsOf, type Part, type View, type Views } from '../../engines.ts';

/** What the Engine holds after a step that the page shows. */
export interface HeldAfter {
  readonly things: readonly ThingAfter[];
  /** Ids of the earlier steps that readers who begin here have to run. */
  readonly needed: readonly string[];
}

/** What readers of a page see of that, once for all Engines that hold the same. */
export type HeldParts = readonly Part<HeldAfter>[];

/** What the Engine holds in the course of a lesson, by step id; empty if that was not recorded. */
export function heldIn(views: Views): ReadonlyMap<string, HeldParts> {
  const byView = new Map(views.map((view) => [view, heldOn(view)] as const));
  const ids = [...(byView.get(views[0])?.keys() ?? [])];
  return new Map(
    ids.map((id) => [
      id,
      partsOf(views, (view) => byView.get(view)?.get(id), JSON.stringify).flatMap(
        ({ value, ...part }) => (value === undefined ? [] : [{ ...part, value }]),
      ),
    ]),
  );
}

function heldOn({ recording: { proof, steps } }: View): ReadonlyMap<string, HeldAfter> {
  if (proof?.states === undefined) return new Map();
  const { states, lab } = proof;
  const shown = [...steps.values()]
    .filter(({ step }) => !step.options.hide)
    .map((one) => ({ step: one.step, screen: 'screen' in one ? one.screen : '' }));
  const base = Object.keys(lab.images).map(shortName);
  const needed = neededSteps(shown, states, base);
  let held = states.start;
  return new Map(
    shown.map(({ step: { id } }) => {
      const now = states.after[id] ?? held;
      const things = thingsAfter(held, now);
      held = now;
      return [id, { things, needed: needed.get(id) ?? [] }];
    }),
  );
}
