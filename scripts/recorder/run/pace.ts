import type { CastEvent } from '../../../src/core/recording/cast.ts';
import type { TakeItem } from '../../../src/core/session/take.ts';

/**
 * The recording runs at machine speed; here it gets the pace at which it is watched. All times in
 * seconds.
 */
const PACE = {
  /** Before a command is typed. */
  think: 0.8,
  /** Per typed character, and at most for one line. */
  key: 0.045,
  line: 1.8,
  /** Between the last character and Enter. */
  enter: 0.35,
  /** Between two redraws. */
  frame: 0.1,
  /** A silent wait, and all output of one command, at most. */
  gap: 2,
  output: 6,
  /** For reading what a command printed: per line, and at most. */
  readLine: 0.12,
  read: 2,
};

/**
 * Maximum duration of a step in the player, in seconds. Each command has its own limits, of about
 * ten seconds, but a step may have any number of commands.
 */
export const LONGEST_STEP = 60;
/** Seconds from the last output to the exit status, with which a cast ends. */
export const LAST_LOOK = 0.5;

/**
 * Turns a take into the events of a cast: output and typing at a pleasant pace, with a marker for
 * each command. With the last look, the step takes at most `LONGEST_STEP`.
 */
export function paced(items: readonly TakeItem[]): CastEvent[] {
  return withinLimit(atEase(items));
}

function atEase(items: readonly TakeItem[]): CastEvent[] {
  const events: CastEvent[] = [];
  let pause = 0;
  for (const part of byKind(items)) {
    const [first] = part;
    if (first === undefined) continue;
    if (first.kind === 'command') {
      events.push([
        events.length === 0 ? 0 : Math.min(PACE.gap, pause + PACE.think),
        'm',
        first.label,
      ]);
      pause = events.length === 1 ? PACE.think : 0;
    } else if (first.kind === 'typing') {
      pause = typed(part.map(textOf).join(''), pause, events);
    } else pause = printed(part, pause, events);
  }
  return events;
}

function textOf(item: TakeItem): string {
  return item.kind === 'command' ? '' : item.text;
}

/** Groups consecutive items of one kind, except commands. */
function byKind(items: readonly TakeItem[]): TakeItem[][] {
  const parts: TakeItem[][] = [];
  for (const item of items) {
    const last = parts.at(-1);
    if (item.kind !== 'command' && last?.[0]?.kind === item.kind) last.push(item);
    else parts.push([item]);
  }
  return parts;
}

/**
 * Splits echo into keystrokes: an escape sequence, or one character; the end of the line is one of
 * its own.
 */
const KEYSTROKE = /\x1b\[[0-?]*[ -/]*[@-~]|[\r\n]+$|[^]/gu;

function typed(echo: string, pause: number, events: CastEvent[]): number {
  const keys = echo.match(KEYSTROKE) ?? [];
  const interval = Math.min(PACE.key, PACE.line / keys.length);
  for (const [index, key] of keys.entries()) {
    const isEnter = index === keys.length - 1 && /^[\r\n]+$/.test(key);
    events.push([(index === 0 ? pause : 0) + (isEnter ? PACE.enter : interval), 'o', key]);
  }
  return 0;
}

/**
 * Output keeps its rhythm, without long silences, and no faster than a frame. Returns the time to
 * read it.
 */
function printed(part: readonly TakeItem[], pause: number, events: CastEvent[]): number {
  const gaps = part.map((item, index) =>
    Math.min(PACE.gap, index === 0 ? 0 : (item.at - (part[index - 1]?.at ?? item.at)) / 1000),
  );
  const total = gaps.reduce((sum, gap) => sum + gap, 0);
  const speed = total > PACE.output ? PACE.output / total : 1;
  // What is printed within one frame is shown at its end; the first output at once.
  const frames = new Map<number, string>();
  let at = 0;
  for (const [index, item] of part.entries()) {
    at += (gaps[index] ?? 0) * speed;
    const frame = Math.ceil(at / PACE.frame - 1e-6);
    frames.set(frame, (frames.get(frame) ?? '') + textOf(item));
  }
  let shown = 0;
  for (const [frame, text] of frames) {
    events.push([(frame - shown) * PACE.frame + (frame === 0 ? pause : 0), 'o', text]);
    shown = frame;
  }
  const lines = part.reduce((sum, item) => sum + textOf(item).split('\n').length - 1, 0);
  return Math.min(PACE.read, lines * PACE.readLine);
}

/**
 * Shortens all pauses of a step that would take too long by the same factor. Everything in one
 * frame is then drawn at once, after the markers of that frame.
 */
function withinLimit(events: CastEvent[]): CastEvent[] {
  const total = events.reduce((sum, [interval]) => sum + interval, 0);
  const limit = LONGEST_STEP - LAST_LOOK;
  if (total <= limit) return events;
  const frames = new Map<number, { markers: CastEvent[]; text: string }>();
  let at = 0;
  for (const [interval, code, data] of events) {
    at += (interval * limit) / total;
    const number = Math.ceil(at / PACE.frame - 1e-6);
    const frame = frames.get(number) ?? { markers: [], text: '' };
    frames.set(number, frame);
    if (code === 'm') frame.markers.push([0, code, data]);
    else frame.text += data;
  }
  let shown = 0;
  return Array.from(frames).flatMap(([number, { markers, text }]) => {
    const drawn: CastEvent[] = text === '' ? markers : [...markers, [0, 'o', text]];
    const wait = (number - shown) * PACE.frame;
    shown = number;
    return drawn.map(([, code, data], index): CastEvent => [index === 0 ? wait : 0, code, data]);
  });
}
