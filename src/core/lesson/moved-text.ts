/** Current names of lessons and steps by former name: `old` or `run#old-step`. */
export type Moved = Readonly<Record<string, string>>;

/** Writes former and current names in turn, separated by spaces: every page has this text. */
export function encodeMoved(moved: Moved): string {
  return Object.entries(moved).flat().join(' ');
}

/** Reads a text from `encodeMoved`. */
export function decodeMoved(text: string): Moved {
  const pairs = text.matchAll(/(\S+) (\S+)/g);
  return Object.fromEntries(Array.from(pairs, ([, was = '', now = '']) => [was, now]));
}
