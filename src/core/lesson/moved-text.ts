/** Current names of lessons and steps by former name: `old` or `run#old-step`. */
export type Moved = Readonly<Record<string, string>>;

/**
 * Those that the page of a lesson needs: all names of lessons, and the names of its own steps.
 * @param lesson if absent, all names are needed
 */
export function movedOn(moved: Moved, lesson: string | undefined): Moved {
  if (lesson === undefined) return moved;
  const isOwn = (name: string) => name.startsWith(`${lesson}#`);
  return Object.fromEntries(
    Object.entries(moved).filter(([was, now]) => !was.includes('#') || isOwn(was) || isOwn(now)),
  );
}

/**
 * Writes former and current names in turn, separated by spaces: every page has this text. The name
 * of a step that keeps it is written once: `run#host contexts#`.
 */
export function encodeMoved(moved: Moved): string {
  const pairs = Object.entries(moved).map(([was, now]) => {
    const at = now.indexOf('#');
    const isSame = at >= 0 && was.endsWith(now.slice(at));
    return [was, isSame ? now.slice(0, at + 1) : now];
  });
  return pairs.flat().join(' ');
}

/** Reads a text from `encodeMoved`. */
export function decodeMoved(text: string): Moved {
  const pairs = text.matchAll(/(\S+) (\S+)/g);
  return Object.fromEntries(
    Array.from(pairs, ([, was = '', now = '']) => [
      was,
      now.endsWith('#') ? now + was.slice(was.indexOf('#') + 1) : now,
    ]),
  );
}
