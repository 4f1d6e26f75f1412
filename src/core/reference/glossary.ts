import { z } from 'astro/zod';
import { slug } from 'github-slugger';
import type { Problem } from '../lesson/problem.ts';
import { readYamlList, type Entry } from './yaml-list.ts';

/** Path of the glossary file. */
export const GLOSSARY_FILE = 'content/glossary.yaml';

/** Schema of a glossary entry. */
export const termSchema = z.strictObject({
  term: z.string().min(1).describe('The term as it appears in running text, in lowercase.'),
  also: z
    .array(z.string().min(1))
    .default([])
    .describe('Other forms that lessons use, such as plurals and short forms.'),
  text: z
    .string()
    .min(1)
    .describe('One or two plain sentences for readers who meet the term for the first time.'),
  see: z.array(z.string()).default([]).describe('Related terms of the glossary.'),
});

/** A term of the glossary. */
export type Term = Entry<z.infer<typeof termSchema>> & {
  /** Anchor on the glossary page. */
  readonly id: string;
};

/** Reads the glossary; terms are in alphabetical order. */
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
          title: `the word ${word} occurs twice in the glossary`,
          found: `first used in line ${owner.line}`,
          hint: 'keep it in one entry, and list that term under `see` in the other',
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
        hint: 'write the term exactly as in its entry, or add an entry',
      });
  problems.sort((a, b) => a.line - b.line);
  return { terms: terms.sort((a, b) => a.term.localeCompare(b.term, 'en')), problems };
}

/** A stretch of prose, with the term that it mentions, if any. */
export interface Stretch {
  readonly text: string;
  readonly term?: Term;
}

/**
 * Finds the terms of the glossary in running text, each one once.
 * @returns a function that splits a text at the terms that no earlier text has mentioned
 */
export function termFinder(terms: readonly Term[]): (text: string) => Stretch[] {
  const owners = new Map(
    terms.flatMap((term) =>
      [term.term, ...term.also].map((word) => [word.toLowerCase(), term] as const),
    ),
  );
  // Longest first: "build cache" before "cache".
  const words = [...owners.keys()].sort((a, b) => b.length - a.length);
  if (words.length === 0) return (text) => [{ text }];
  const anyWord = words
    .map((word) =>
      word
        .split(' ')
        .map((term) => RegExp.escape(term))
        .join(String.raw`\s+`),
    )
    .join('|');
  const pattern = new RegExp(
    String.raw`(?<![\p{L}\p{N}_/-])(?:${anyWord})(?![\p{L}\p{N}_/-])`,
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
