import { readFence } from '../../src/lesson/fence.ts';

/** A step of a lesson that uses an option. */
export interface Example {
  readonly lesson: string;
  readonly step: string;
  /** The fence as it stands in the lesson. */
  readonly text: string;
}

const FENCE = /^```console ([^\n]*)\n[^]*?\n```$/gm;

/**
 * For each option the shortest step that uses it, of all lessons.
 * @param texts the text of each lesson, by its id
 */
export function examplesOf(texts: ReadonlyMap<string, string>): ReadonlyMap<string, Example> {
  const found = new Map<string, Example>();
  for (const [lesson, source] of texts)
    for (const [text, meta = ''] of source.matchAll(FENCE)) {
      const [step, ...options] = readFence(meta).entries.map(({ name }) => name);
      for (const name of options) {
        const option = name.replace(/\..*/, '');
        const shorter = text.length < (found.get(option)?.text.length ?? Infinity);
        if (step !== undefined && shorter) found.set(option, { lesson, step, text });
      }
    }
  return found;
}
