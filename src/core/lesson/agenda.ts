/** What an agenda needs to know of a lesson. */
export interface Taught {
  /** Minutes that it takes in a room. */
  readonly minutes: number;
}

/** When a workshop begins, in minutes after midnight, and how many minutes it may take. */
export interface Frame {
  readonly start: number;
  readonly length: number;
}

type Kind<T> =
  { readonly kind: 'lesson'; readonly lesson: T } | { readonly kind: 'break' | 'lunch' | 'left' };

/** A part of an agenda. */
export type Item<T> = Kind<T> & {
  /** Minutes after midnight. */
  readonly start: number;
  readonly minutes: number;
};

export interface Agenda<T> {
  /** In order and without gaps; the last one is the time that is left, if any is. */
  readonly items: readonly Item<T>[];
  /** Minutes by which the lessons take longer than they may. */
  readonly over: number;
}

/** Minutes for the task of a lesson, besides those to read and to type. */
export const TASK = 10;
/** Minutes that a group works without a break, if no single lesson takes longer. */
const STRETCH = 80;
const BREAK = 15;
const LUNCH = 60;
/** From this length on, a workshop has lunch. */
const WITH_LUNCH = 5 * 60;
/** The first break that begins at half past eleven or later is lunch. */
const NOON = 11.5 * 60;
/** Minutes that have to be left at the end, for questions and for what took longer. */
const LEFT = 15;

/** Lays out lessons, with breaks between them. */
export function agendaOf<T extends Taught>(
  lessons: readonly T[],
  { start, length }: Frame,
): Agenda<T> {
  const items: Item<T>[] = [];
  let [now, stretch, eaten] = [start, 0, length < WITH_LUNCH];
  const add = (kind: Kind<T>, minutes: number) => {
    items.push({ ...kind, start: now, minutes });
    now += minutes;
  };
  for (const lesson of lessons) {
    if (stretch > 0 && stretch + lesson.minutes > STRETCH) {
      const isLunch = !eaten && now >= NOON;
      add({ kind: isLunch ? 'lunch' : 'break' }, isLunch ? LUNCH : BREAK);
      eaten ||= isLunch;
      stretch = 0;
    }
    add({ kind: 'lesson', lesson }, lesson.minutes);
    stretch += lesson.minutes;
  }
  const left = start + length - now;
  if (left > 0) add({ kind: 'left' }, left);
  return { items, over: Math.max(0, -left) };
}

/** The first lessons of a list that fit, with some time left. */
export function fitting<T extends Taught>(lessons: readonly T[], frame: Frame): readonly T[] {
  const inside = { ...frame, length: frame.length - LEFT };
  const count = lessons.findIndex(
    (_, index) => agendaOf(lessons.slice(0, index + 1), inside).over > 0,
  );
  return count < 0 ? lessons : lessons.slice(0, count);
}

/** Minutes after midnight as a time of day, such as `09:05`. */
export function clock(minutes: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`;
}

/**
 * What a teacher chose, as the address of the page keeps it:
 * `?start=09:30&hours=4&lessons=run,images`.
 */
export interface Choice extends Frame {
  /** Ids of lessons, in the order of the workshop; absent to take those that fit. */
  readonly lessons?: readonly string[];
}

/** Nine o'clock, and three hours. */
const USUAL: Choice = { start: 9 * 60, length: 3 * 60 };

/** Reads a choice from the query of an address. What cannot be understood is as usual. */
export function parseChoice(query: string): Choice {
  const parameters = new URLSearchParams(query);
  const [, hour, minute] = /^(\d\d):(\d\d)$/.exec(parameters.get('start') ?? '') ?? [];
  const hours = Number(parameters.get('hours'));
  const lessons = parameters.get('lessons');
  return {
    start: hour === undefined ? USUAL.start : Number(hour) * 60 + Number(minute),
    length: hours > 0 && hours <= 24 ? Math.round(hours * 60) : USUAL.length,
    ...(lessons !== null && { lessons: lessons.split(',') }),
  };
}

/** The query of an address that keeps a choice; empty if it is the usual one. */
export function encodeChoice({ start, length, lessons }: Choice): string {
  const parts = [
    ...(start === USUAL.start ? [] : [`start=${clock(start)}`]),
    ...(length === USUAL.length ? [] : [`hours=${length / 60}`]),
    ...(lessons === undefined ? [] : [`lessons=${lessons.join(',')}`]),
  ];
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}
