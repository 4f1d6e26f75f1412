import MiniSearch from 'minisearch';
import { placesOf, READ, type Named, type SearchEngine, type Section } from '../search-places.ts';
import { rank, type Found } from '../search-rank.ts';
import { understood } from '../search-spelling.ts';
import { wordsOf } from '../search-text.ts';
import type { View } from './views.ts';

/** A section and its index entry. */
interface Entry {
  readonly id: number;
  readonly section: Section;
  readonly heading: string;
  readonly text: string;
  readonly printed: string;
  readonly help: string;
}

let searched: readonly View[] = [];

/** Sets the views to search; the index is built when the search is first opened. */
export function setSearched(views: readonly View[]): void {
  searched = views;
}

/** Replaces the site's engine, which loads its index in parts. */
export function loadEngine(): Promise<SearchEngine> {
  const entries = searched.flatMap(sectionsOf).map(entryOf);
  const index = new MiniSearch<Entry>({
    fields: ['heading', 'text', 'printed', 'help'],
    tokenize: wordsOf,
    searchOptions: {
      boost: { heading: 5, printed: 0.5, help: 0.1 },
      prefix: (term) => term.length > 1,
      weights: { prefix: 0.2, fuzzy: 0 },
    },
  });
  index.addAll(entries);
  const commands = searched.flatMap(commandsOf);
  const vocabulary = new Set(entries.flatMap(({ section }) => section.words.flatMap(wordsOf)));
  return Promise.resolve((query, most) => {
    const read = understood(query, vocabulary);
    const found = read.words.map((word): Found[] =>
      index.search(word).map(({ id, score, terms }) => {
        const stand = entries[Number(id)]?.section.words ?? [];
        const at = stand.flatMap((each, place) =>
          wordsOf(each).some((part) => terms.includes(part)) ? [place] : [],
        );
        return { section: String(id), score, at };
      }),
    );
    const best = rank(found, entries.length)
      .slice(0, READ * most)
      .flatMap(({ section: id, score, hits }) => {
        const section = entries[Number(id)]?.section;
        return section === undefined ? [] : [{ section, score, hits }];
      });
    return Promise.resolve({
      ...read,
      places: placesOf(query, read, best, commands).slice(0, most),
    });
  });
}

/** Help texts in terminals count less than lessons. */
const HELP = /^docker (help\b|.*--help\b)/;

/** The kind of text to which a word of a section belongs. */
type Kind = 'heading' | 'text' | 'printed' | 'help';

/** A section while it is being read, with the kind of each of its words. */
interface Read extends Section {
  readonly words: string[];
  readonly kinds: Kind[];
  readonly steps: { id: string; from: number; end: number }[];
}

function entryOf({ kinds, ...section }: Read, id: number): Entry {
  const wordsOfKind = (kind: Kind) =>
    section.words.filter((_word, at) => kinds[at] === kind).join(' ');
  return {
    id,
    section,
    heading: wordsOfKind('heading'),
    text: wordsOfKind('text'),
    printed: wordsOfKind('printed'),
    help: wordsOfKind('help'),
  };
}

/** The sections of a page, as src/site/search-index.ts extracts them for the site. */
function sectionsOf({ name, element }: View): Read[] {
  const body = element.querySelector('article, main');
  if (body === null || ['_start', '_commands', '_2014', '_downloads'].includes(name)) return [];
  const code = element.querySelector('.opening .stencil')?.getAttribute('aria-label') ?? '';
  const title = element.querySelector('h1')?.textContent.trim() ?? '';
  const isDive = element.querySelector('.opening [data-deep-dive]') !== null;
  const kind = code === '' ? 'reference' : isDive ? 'dive' : 'core';
  const begin = (url: string, heading: string): Read => ({
    url,
    kind,
    names: [code, title, heading].filter((each) => each !== ''),
    words: [],
    kinds: [],
    steps: [],
  });
  let section = begin(`#${name}`, '');
  const sections = [section];
  for (const block of body.querySelectorAll<HTMLElement>(
    'h1, h2, h3, p, li, dt, dd, td, th, .code pre, .step',
  )) {
    if (block.closest('.answer, .commands, .proof, .see, .when, [data-pagefind-ignore]') !== null)
      continue;
    if (block.matches('.step')) {
      const from = section.words.length;
      const isHelp = HELP.test(block.querySelector('kbd')?.textContent ?? '');
      for (const part of block.querySelectorAll(
        '.screen:not([data-pagefind-ignore]) :is(.cmd, .out)',
      ))
        add(section, part, isHelp ? 'help' : part.matches('.out') ? 'printed' : 'text');
      section.steps.push({ id: `${name}.${block.id}`, from, end: section.words.length });
    } else if (block.closest('.step') === null) {
      const id = block.tagName === 'DT' ? (block.parentElement?.id ?? '') : block.id;
      const isBeginning = block.matches('h2, h3, dt') && id !== '';
      if (isBeginning) sections.push((section = begin(`#${name}.${id}`, block.textContent.trim())));
      const isName = isBeginning || block.matches('h1');
      add(section, block, kindInErrors(block) ?? (isName ? 'heading' : 'text'));
    }
  }
  return sections;
}

/** Of error messages, the messages count less than lessons, and the advice counts even less. */
function kindInErrors(block: HTMLElement): Kind | undefined {
  if (block.closest('.errors') === null) return undefined;
  return block.matches('p') ? 'help' : 'printed';
}

/** The commands of the reference, as src/site/search-index.ts extracts them for the site. */
function commandsOf({ name, element }: View): Named[] {
  const title = element.querySelector('h1')?.textContent.trim() ?? '';
  const links = element.querySelectorAll<HTMLAnchorElement>('.reference > .command-list a');
  return Array.from(links, (link) => ({
    url: `#${name}.${link.hash.slice(1)}`,
    names: [title, link.textContent.trim()],
  }));
}

function add({ words, kinds }: Read, block: Element, kind: Kind): void {
  for (const word of textOf(block)
    .split(/\s+/)
    .filter((each) => each !== '')) {
    words.push(word);
    kinds.push(kind);
  }
}

/** The text of a block, without what is not searched: values of other Engines than the newest. */
function textOf(block: Element): string {
  const own = block.cloneNode(true) as Element;
  for (const other of own.querySelectorAll('[data-pagefind-ignore]')) other.remove();
  return own.textContent;
}
