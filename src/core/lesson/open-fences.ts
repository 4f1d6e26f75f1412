import { readFenceLine } from './fence.ts';

/** A fence that is not closed. */
export interface OpenFence {
  /** 1-based line of its opening marker. */
  readonly line: number;
  /** The marker that would close it. */
  readonly marker: string;
  /** 1-based line of the next opening fence; absent if the file ends first. */
  readonly next?: number;
}

/** Whitespace and the markers of quotes and lists. */
const BEFORE = /^(?:[\s>]|(?:[-*+]|\d+[.)])[ \t])*/;

/**
 * Finds the fences of a text that are not closed. Markdown treats everything up to the next closing
 * fence, including steps and components, as their content and so reports errors everywhere but in
 * the faulty line.
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
    // Inside a longer fence, or one of the other character, a fence is content; so is `> ```sh`.
    if (open !== undefined && (!marker.startsWith(open.marker) || marks !== within)) continue;
    if (open === undefined) within = marks.replace(/[^>]/g, '');
    const line = index + 1;
    if (open !== undefined && language !== '') found.push({ ...open, next: line });
    open = open !== undefined && language === '' ? undefined : { line, marker };
  }
  if (open !== undefined) found.push(open);
  return found;
}
