import { stepsOf, type Lesson } from '../../../src/core/lesson/model.ts';
import {
  identityChanges,
  stepsById,
  type IdentityChange,
  type Screens,
} from '../../../src/core/recording/identity.ts';
import { lessonMasks } from '../../../src/core/recording/masks.ts';

/** Steps with what their screens show: runs, or recordings. */
interface Shown {
  readonly step: { readonly id: string };
  readonly screen: string;
}

/**
 * Where two runs of a lesson disagree on which ids are the same, by the step of the later place.
 * Steps whose ids chance decides are left out.
 */
export function identityByStep(
  lesson: Lesson,
  before: Iterable<Shown>,
  after: Iterable<Shown>,
): ReadonlyMap<string, readonly IdentityChange[]> {
  const steps = stepsOf(lesson).filter(({ options }) => options.chance === undefined);
  const ids = new Set(steps.map(({ id }) => id));
  const compared = (shown: Iterable<Shown>) =>
    new Map([...screensOf(shown)].filter(([step]) => ids.has(step)));
  const changes = identityChanges(compared(before), compared(after), lessonMasks(lesson));
  return Map.groupBy(changes, ({ later }) => later.after.step);
}

/**
 * The steps that show ids of steps that are to be written, and whose own recordings show other
 * ones: if they kept theirs, the recordings of the lesson would not agree among themselves.
 * @param recorded what is recorded of the lesson's steps
 * @param runs of the lesson
 * @param written ids of the steps that are to be written
 */
export function sharingIds(
  lesson: Lesson,
  recorded: Iterable<Shown>,
  runs: readonly Shown[],
  written: ReadonlySet<string>,
): Set<string> {
  const fresh = screensOf(runs);
  const sharing = new Set<string>();
  const isWritten = (step: string) => written.has(step) || sharing.has(step);
  const kept = screensOf(recorded);
  for (;;) {
    const mixed = new Map(
      [...fresh].map(([step, screen]) => [step, isWritten(step) ? screen : (kept.get(step) ?? '')]),
    );
    const more = identityChanges(mixed, fresh, lessonMasks(lesson))
      .map(({ earlier, later }) => [earlier.after.step, later.after.step])
      .filter((steps) => steps.some(isWritten))
      .flatMap((steps) => steps.filter((step) => !isWritten(step)));
    if (more.length === 0) return sharing;
    for (const step of more) sharing.add(step);
  }
}

/** The steps that show ids of some steps, of the steps that show theirs, and so on. */
export function stepsWithIdsOf(
  lesson: Lesson,
  recorded: Iterable<Shown>,
  steps: ReadonlySet<string>,
): Set<string> {
  const found = new Set(steps);
  const ids = stepsById(screensOf(recorded), lessonMasks(lesson));
  for (let size = -1; size !== found.size;) {
    size = found.size;
    for (const sharing of ids)
      if (sharing.some((step) => found.has(step))) for (const step of sharing) found.add(step);
  }
  return found;
}

function screensOf(shown: Iterable<Shown>): Screens {
  return new Map(Array.from(shown, ({ step, screen }) => [step.id, screen]));
}
