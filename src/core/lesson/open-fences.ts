import { readFenceLine } from './fence.ts';

/** A fence that nothing closes. */
export interface OpenFence {
  /** 1-based line in which it opens. */
  readonly line: number;
  /** What would close it. */
  readonly marker: string;
  /** 1-based line of the fence that opens before it is closed; absent if the file ends first. */
  readonly next?: number;
}

/** Blanks and the marks of quotes and lists. */
const BEFORE = /^(?:[\s>]|(?:[-*+]|\d+[.)])[ \t])*/;

/**
 * The fences of a text that are not closed. Markdown takes all up to the next closing fence for
 * their content, steps and components as well, and so finds fault with everything but the line that
 * is wrong.
 */
export function openFences(source: string): OpenFence[] {
  const found: OpenFence[] = [];
  let open: OpenFence | undefined;
  let within = '';
  for (const [index, text] of source.split('\n').entries()) {
    const before = BEFORE.exec(text)?.[0] ?? '';
    const fence = readFenceLine(text.slice(before.length));
    if (fence === undefined) continue;
    const { marker, language } = fence;
    const marks = before.replace(/\s/g, '');
    // Inside a longer fence, or one of the other character, it is content; so is a typed `> ```sh`.
    if (open !== undefined && (!marker.startsWith(open.marker) || marks !== within)) continue;
    if (open === undefined) within = marks.replace(/[^>]/g, '');
    const line = index + 1;
    if (open !== undefined && language !== '') found.push({ ...open, next: line });
    open = open !== undefined && language === '' ? undefined : { line, marker };
  }
  if (open !== undefined) found.push(open);
  return found;
}
