/** A place in a presentation: a slide, and how many of its parts are shown; both from 0. */
export interface Position {
  readonly slide: number;
  readonly part: number;
}

/** What a presentation has to know of a slide to find the places in it. */
export interface Length {
  /** Its address, after `#`. */
  readonly id: string;
  /** Parts that appear one after another on the slide: commands that are run, hints. */
  readonly parts: number;
  /** Ids of the headings that it shows, or that its prose has. */
  readonly headings?: readonly string[];
}

/** The address of the last slide with all its parts. No step and no heading has a dot in its id. */
export const LAST = '.last';

/** The place after another; undefined after the last one. */
export function after(slides: readonly Length[], { slide, part }: Position): Position | undefined {
  if (part < (slides[slide]?.parts ?? 0)) return { slide, part: part + 1 };
  return slide + 1 < slides.length ? { slide: slide + 1, part: 0 } : undefined;
}

/**
 * The place before another; undefined before the first one. A slide before is shown with all its
 * parts.
 */
export function before(slides: readonly Length[], { slide, part }: Position): Position | undefined {
  if (part > 0) return { slide, part: part - 1 };
  const parts = slides[slide - 1]?.parts;
  return parts === undefined ? undefined : { slide: slide - 1, part: parts };
}

/** The place for the address of a slide or of a heading; the first one for an unknown address. */
export function placeOf(slides: readonly Length[], id: string): Position {
  if (id === LAST) return { slide: slides.length - 1, part: slides.at(-1)?.parts ?? 0 };
  const own = slides.findIndex((one) => one.id === id);
  const under = slides.findIndex(({ headings }) => headings?.includes(id));
  return { slide: Math.max(own < 0 ? under : own, 0), part: 0 };
}

/**
 * Addresses for slides, all different: their own, or that of the one before with a number after a
 * dot.
 * @param own the id of the step or the heading that a slide shows
 */
export function addressed(own: readonly (string | undefined)[]): string[] {
  const ids: string[] = [];
  let last = '';
  let count = 1;
  for (const id of own) {
    const isNew = id !== undefined && !ids.includes(id);
    count = isNew ? 1 : count + 1;
    last = isNew ? id : last;
    ids.push(count === 1 ? last : `${last}.${count}`);
  }
  return ids;
}

/** What presenters see of their time, in minutes. */
export interface Clock {
  readonly elapsed: number;
  /** Negative once the time is over. */
  readonly left: number;
}

/**
 * @param minutes that the lesson should take
 * @param started when the first slide was left, in milliseconds; undefined before that
 */
export function timeLeft(minutes: number, started: number | undefined, now: number): Clock {
  const elapsed = started === undefined ? 0 : (now - started) / 60_000;
  return { elapsed, left: minutes - elapsed };
}

/**
 * Minutes and seconds until a time, such as `9:05`; `0:00` once it is over.
 * @param end in milliseconds, like `now`
 */
export function countdown(end: number, now: number): string {
  const seconds = Math.max(Math.ceil((end - now) / 1000), 0);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
