import { z } from 'astro/zod';
import { slug } from 'github-slugger';
import type { Problem } from '../lesson/problem.ts';
import { readYamlList, type Entry } from './yaml-list.ts';

/** Where the glossary stands. */
export const GLOSSARY_FILE = 'content/glossary.yaml';

/** One term: the schema of an entry of the glossary. */
export const termSchema = z.strictObject({
  term: z.string().min(1).describe('The term as it stands in running text: small letters.'),
  also: z
    .array(z.string().min(1))
    .default([])
    .describe('Other words for it that lessons use: plurals, short forms.'),
  text: z.string().min(1).describe('One plain sentence or two, for a reader who meets it first.'),
  see: z.array(z.string()).default([]).describe('Other terms of the glossary.'),
});

/** A term of the glossary. */
export type Term = Entry<z.infer<typeof termSchema>> & {
  /** Anchor on the page of the glossary. */
  readonly id: string;
};

/** Reads the glossary; in alphabetical order. */
export function readGlossary(text: string): { terms: Term[]; problems: Problem[] } {
  const { entries, problems } = readYamlList(text, GLOSSARY_FILE, termSchema);
  const terms = entries.map((entry) => ({ ...entry, id: slug(entry.term) }));
  const owners = new Map<string, Term>();
  for (const term of terms)
    for (const word of [term.term, ...term.also].map((each) => each.toLowerCase())) {
      const owner = owners.get(word);
      if (owner !== undefined)
        problems.push({
          file: GLOSSARY_FILE,
          line: term.line,
          title: `the word ${word} stands twice in the glossary`,
          found: `first in line ${owner.line}`,
          hint: 'keep it with one term, and name the other one in `see`',
        });
      owners.set(word, owner ?? term);
    }
  const names = new Set(terms.map(({ term }) => term));
  for (const { see, line } of terms)
    for (const name of see.filter((each) => !names.has(each)))
      problems.push({
        file: GLOSSARY_FILE,
        line,
        title: `the glossary has no term ${name}`,
        hint: 'name a term as its own entry writes it, or add it',
      });
  problems.sort((a, b) => a.line - b.line);
  return { terms: terms.sort((a, b) => a.term.localeCompare(b.term, 'en')), problems };
}

/** A stretch of prose; with a term where it names one. */
export interface Stretch {
  readonly text: string;
  readonly term?: Term;
}

/**
 * Finds the terms of the glossary in running text, each one once.
 * @returns a function that cuts a text at the terms that it names and that no text before it has named
 */
export function termFinder(terms: readonly Term[]): (text: string) => Stretch[] {
  const owners = new Map(
    terms.flatMap((term) =>
      [term.term, ...term.also].map((word) => [word.toLowerCase(), term] as const),
    ),
  );
  // The longest first: "build cache" before "cache".
  const words = [...owners.keys()].sort((a, b) => b.length - a.length).map(escapeRegex);
  if (words.length === 0) return (text) => [{ text }];
  const pattern = new RegExp(
    String.raw`(?<![\p{L}\p{N}_/-])(?:${words.join('|').replaceAll(' ', String.raw`\s+`)})(?![\p{L}\p{N}_/-])`,
    'giu',
  );
  const named = new Set<Term>();
  return (text) => {
    const stretches: Stretch[] = [];
    let at = 0;
    for (const match of text.matchAll(pattern)) {
      const term = owners.get(match[0].toLowerCase().replace(/\s+/g, ' '));
      if (term === undefined || named.has(term)) continue;
      named.add(term);
      if (match.index > at) stretches.push({ text: text.slice(at, match.index) });
      stretches.push({ text: match[0], term });
      at = match.index + match[0].length;
    }
    if (at < text.length) stretches.push({ text: text.slice(at) });
    return stretches;
  };
}

function escapeRegex(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
