import { placesOf, READ, type Named, type SearchEngine, type Section } from './search-places.ts';
import { rank } from './search-rank.ts';
import { understood } from './search-spelling.ts';

/** The part of Pagefind's API that is used: https://pagefind.app/docs/api/ */
interface Pagefind {
  options(options: object): Promise<void>;
  init(): Promise<void>;
  search(word: string): Promise<{ readonly results: readonly PagefindResult[] }>;
}

interface PagefindResult {
  readonly id: string;
  readonly score: number;
  readonly words: readonly number[];
  data(): Promise<Fragment>;
}

/** A section of the site, as indexed by src/site/search-index.ts. */
interface Fragment {
  readonly url: string;
  readonly content: string;
  readonly meta: Pick<Section, 'kind'> & Readonly<Record<'title' | 'code' | 'section', string>>;
  readonly anchors: readonly { element: string; id: string; location: number }[];
}

/**
 * The words of the index in one language, the number of its sections, and the commands of the
 * reference.
 */
interface Vocabulary {
  readonly commands: readonly Named[];
  readonly sections: number;
  readonly words: string;
}

/**
 * The title of a page says little about one of its sections, and a section's heading is in its
 * text.
 */
const NAMES = { title: 0.5, code: 0, section: 0, kind: 0 };

/** Milliseconds without a key press after which a query is run. */
const PAUSE = 150;

/**
 * The search engine of the site, which loads its index on demand. Pagefind requires all words of a
 * query in one place and shortens words that it does not know, so it is queried for known words,
 * one at a time.
 */
export async function loadEngine(): Promise<SearchEngine> {
  const { dataset, lang } = document.documentElement;
  const base = dataset['base'] ?? '/';
  const [pagefind, { sections, words, commands: listed }] = await Promise.all([
    loadPagefind(base),
    fetch(`${base}pagefind/words.${lang}.json`).then((file) => file.json() as Promise<Vocabulary>),
  ]);
  const vocabulary = new Set(words.split(' '));
  const commands = listed.map(({ url, names }) => ({ url: base + url, names }));
  let latest = 0;
  return async (query, most) => {
    const asked = ++latest;
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    if (asked !== latest) return undefined;
    const read = understood(query, vocabulary);
    const found = await Promise.all(read.words.map((word) => pagefind.search(word)));
    const data = new Map(
      found.flatMap(({ results }) => results.map((one) => [one.id, one] as const)),
    );
    const best = rank(
      found.map(({ results }) =>
        results.map(({ id, score, words: at }) => ({ section: id, score, at })),
      ),
      sections,
    ).slice(0, READ * most);
    const sectionsFound = await Promise.all(
      best.map(async ({ section, score, hits }) => {
        const fragment = await data.get(section)?.data();
        return fragment === undefined ? [] : [{ section: sectionOf(fragment), score, hits }];
      }),
    );
    const places = placesOf(query, read, sectionsFound.flat(), commands);
    return { ...read, places: places.slice(0, most) };
  };
}

async function loadPagefind(base: string): Promise<Pagefind> {
  const pagefind = (await import(/* @vite-ignore */ `${base}pagefind/pagefind.js`)) as Pagefind;
  // The index is so small that loading a worker would cost more than it saves.
  await pagefind.options({ baseUrl: base, noWorker: true, ranking: { metaWeights: NAMES } });
  await pagefind.init();
  return pagefind;
}

function sectionOf({ url, content, meta, anchors }: Fragment): Section {
  const words = content.split(/\s+/);
  const endOf = (step: string) => anchors.find(({ id }) => id === `after-${step}`)?.location;
  return {
    url,
    kind: meta.kind,
    names: [meta.code, meta.title, meta.section].filter((name) => name !== ''),
    words,
    steps: anchors
      .filter(({ element }) => element === 'figure')
      .map(({ id, location: from }) => ({ id, from, end: endOf(id) ?? words.length })),
  };
}
