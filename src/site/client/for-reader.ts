/** Event of the document when the reader has chosen another Engine. */
export const ENGINE_CHOSEN = 'engine';

/** Whether an element is shown for the reader's Engine. */
export function isForReader(element: Element): boolean {
  const engines = element.closest<HTMLElement>('[data-for]')?.dataset['for'];
  const { engine = '' } = document.documentElement.dataset;
  return engines === undefined || engines.split(' ').includes(engine);
}

/** The parts of a step that are shown for the reader's Engine. */
export function partsFor<T extends HTMLElement>(step: Element, selector: string): T[] {
  return [...step.querySelectorAll<T>(selector)].filter(isForReader);
}

/** A screen of a step, and the address of its cast. */
export interface Recorded {
  readonly screen: HTMLElement;
  readonly cast: string;
}

/** The screen of a step that is shown for the reader's Engine, and its cast. */
export function recordedFor(step: HTMLElement): Recorded {
  const [screen] = partsFor(step, '.screen');
  const [cast] = partsFor<HTMLAnchorElement>(step, '.cast');
  if (screen === undefined || cast === undefined) throw new Error(`${step.id} has no recording`);
  return { screen, cast: cast.href };
}
