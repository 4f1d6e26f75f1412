import { openEngines, openLesson, openVariants } from '../store/project.ts';
import type { LessonRecording } from '../store/recordings.ts';
import type { Variant } from '../store/variants.ts';

/** A lesson as readers with an Engine see it. */
export interface View {
  /** Major version of the Engine; empty if the lesson was never recorded. */
  readonly engine: string;
  /** Recorded on that Engine, or else on the reference Engine. */
  readonly recording: LessonRecording;
}

/** A lesson as the readers of each Engine see it, the newest first; at least one. */
export type Views = readonly [View, ...View[]];

/**
 * Reads a lesson as the readers of each Engine see it.
 * @param root folder of the project, absolute
 * @throws {LessonError} if the lesson cannot be read
 */
export async function openViews(root: string, id: string): Promise<Views> {
  const reference = await openLesson(root, id);
  return viewsOf(await openEngines(root), reference, await openVariants(root, id));
}

/**
 * A lesson as the readers of each Engine see it.
 * @param engines the Engines that readers choose from, the newest first
 */
export function viewsOf(
  engines: readonly string[],
  reference: LessonRecording,
  variants: readonly Variant[],
): Views {
  const view = (engine: string): View => ({
    engine,
    recording: variants.find((variant) => variant.engine === engine) ?? reference,
  });
  const [newest = '', ...others] = engines;
  return [view(newest), ...others.map(view)];
}

/** What a page shows at one place for readers with some of the Engines. */
export interface Part<T> {
  readonly value: T;
  readonly engines: readonly string[];
  /** Attributes of its element; none if it is shown for all Engines. */
  readonly attributes: PartAttributes;
}

/** By `data-for`, style sheets and scripts find what is shown. The search knows the newest. */
export interface PartAttributes {
  readonly 'data-for'?: string;
  readonly 'data-pagefind-ignore'?: true;
}

/**
 * What a page shows at one place, once for all Engines for which that is the same; the part for the
 * newest Engine comes first.
 * @param keyOf equal for values that look the same
 */
export function partsOf<T>(
  views: Views,
  valueOf: (view: View) => T,
  keyOf: (value: T) => unknown = (value) => value,
): [Part<T>, ...Part<T>[]] {
  const groups = new Map<unknown, { value: T; engines: string[] }>();
  for (const view of views) {
    const value = valueOf(view);
    const key = keyOf(value);
    const group = groups.get(key) ?? { value, engines: [] };
    group.engines.push(view.engine);
    groups.set(key, group);
  }
  const part = (group: { value: T; engines: string[] }): Part<T> => ({
    ...group,
    attributes: groups.size === 1 ? {} : attributesFor(group.engines, views[0].engine),
  });
  const [first, ...others] = groups.values();
  if (first === undefined) throw new Error('a lesson without a view');
  return [part(first), ...others.map(part)];
}

/** The attributes of something that is shown only for readers with some of the Engines. */
export function attributesFor(engines: readonly string[], newest: string): PartAttributes {
  return {
    'data-for': engines.join(' '),
    ...(!engines.includes(newest) && { 'data-pagefind-ignore': true as const }),
  };
}

/**
 * Selects what is for other Engines than the reader's, whichever that is: `@engines` in a style
 * sheet, so that a new Engine needs no new style. Empty if there is nothing to choose.
 */
export function otherEngines(engines: readonly string[]): string {
  const others = engines.map(
    (engine) => `[data-engine="${engine}"] [data-for]:not([data-for~="${engine}"])`,
  );
  return others.length > 1 ? others.join(', ') : '';
}
