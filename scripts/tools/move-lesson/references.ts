/** A line that names a lesson. */
export interface Naming {
  /** 1-based. */
  readonly line: number;
  readonly text: string;
}

/** Allowed context before and after an id that is a separate word. */
const [BEGIN, END] = [String.raw`(?<![\w.#-])`, String.raw`(?![\w-])`];

/**
 * Unambiguous references to a lesson: a path, an address, a file, a step, an attribute. `cache`
 * alone, or between quotes, may mean anything.
 */
const FORMS: readonly ((id: string) => string)[] = [
  // lessons/run/, recordings/run, lessons/es/run.mdx, lessons/run.md; but not lessons/run.ts
  (id) =>
    String.raw`(?<=(?:lessons|recordings|cards)/(?:[a-z]{2}/)?)${id}(?=\.(?:mdx?|png)\b|\.?(?:[^\w.-]|$))`,
  // [a link](../run/#names), href="../run/"
  (id) => String.raw`(?<=\.\./)${id}(?=/(?:[)#"']|$))`,
  // run.mdx
  (id) => String.raw`${BEGIN}${id}(?=\.mdx\b)`,
  // run#names, also 'run#' for the top of a lesson; but not the page runner/run/#names
  (id) => String.raw`(?<![\w./-])${id}(?=#(?:[a-z0-9]|['"\x60]))`,
  // after: run
  (id) => String.raw`(?<=^after: )${id}$`,
  // [data-lesson="run"]
  (id) => String.raw`(?<=data-lesson=["'])${id}(?=["'])`,
  // [run](../content/lessons/run.mdx)
  (id) => String.raw`(?<=\[)${id}(?=\]\([^)\s]*lessons/${id}\.mdx\))`,
  // npm run record -- run
  (id) => String.raw`(?<=\bnpm run (?:record|engines|soak) -- )${id}${END}`,
];

/** Finds the lines of a text that refer to a lesson. */
export function references(text: string, id: string): Naming[] {
  return namings(text, pattern(id));
}

/** Replaces the id in each reference to a lesson. */
export function withNewId(text: string, id: string, next: string): string {
  return text.replace(pattern(id), next);
}

/** Finds lines with the id between quotes, which may mean the lesson or something else. */
export function mentions(text: string, id: string): Naming[] {
  return namings(text, new RegExp(String.raw`(?<=(['"\x60]))${id}(?=\1)`, 'gm'));
}

function pattern(id: string): RegExp {
  return new RegExp(FORMS.map((form) => form(id)).join('|'), 'gm');
}

function namings(text: string, found: RegExp): Naming[] {
  return text.split('\n').flatMap((line, index) => {
    found.lastIndex = 0;
    return found.test(line) ? [{ line: index + 1, text: line.trim() }] : [];
  });
}
