import MiniSearch from 'minisearch';
import { pieces } from '../excerpt.ts';
import type { SearchEngine } from '../search.ts';
import { excerpt } from './excerpt.ts';
import type { View } from './views.ts';

/** A stretch of text that a search can lead to. */
interface Entry {
  readonly id: number;
  readonly url: string;
  readonly title: string;
  readonly code: string;
  readonly section: string;
  readonly step: string;
  readonly text: string;
}

let searched: readonly View[] = [];

/** Names what is searched: the index is made when the search is first opened. */
export function setSearched(views: readonly View[]): void {
  searched = views;
}

/** Stands in for the site's engine, which loads its index in parts. */
export function loadEngine(): Promise<SearchEngine> {
  const entries = searched.flatMap(entriesOf).map((entry, id) => ({ ...entry, id }));
  const index = new MiniSearch<Entry>({
    fields: ['title', 'section', 'step', 'text'],
    searchOptions: {
      boost: { title: 3, section: 3, step: 2 },
      prefix: true,
      fuzzy: (term) => (term.length > 4 ? 0.2 : false),
      combineWith: 'AND',
    },
  });
  index.addAll(entries);
  return Promise.resolve((query, most) =>
    Promise.resolve(
      index
        .search(query)
        .slice(0, most)
        .flatMap(({ id, terms }) => {
          const entry = entries[Number(id)];
          if (entry === undefined) return [];
          const { code, title, section, step, url, text } = entry;
          return {
            url,
            names: [code, title, step || section].filter((name) => name !== ''),
            step: step !== '',
            excerpt: pieces(excerpt(text, terms)),
          };
        }),
    ),
  );
}

/** A page's prose by sections, and each of its terminals. The help of the commands is not searched, as on the site. */
function entriesOf({ name, element }: View): Omit<Entry, 'id'>[] {
  const body = element.querySelector('article, main');
  if (body === null || name === '_start') return [];
  const page = {
    title: element.querySelector('h1')?.textContent.trim() ?? '',
    code: element.querySelector('.opening .stencil')?.getAttribute('aria-label') ?? '',
  };
  const entries: Omit<Entry, 'id'>[] = [];
  let section = { ...page, url: `#${name}`, section: '', step: '', text: '' };
  for (const block of body.querySelectorAll<HTMLElement>(
    'h2, h3, p, li, dt, dd, td, th, .code pre, .step',
  )) {
    if (block.closest('.commands, .proof, .opening > div') !== null) continue;
    if (block.matches('.step')) {
      const text = block.querySelector('.screen')?.textContent ?? '';
      if (name !== '_commands')
        entries.push({ ...page, url: `#${name}.${block.id}`, section: '', step: block.id, text });
    } else if (block.closest('.step') !== null) continue;
    else if (block.matches('h2[id], h3[id]')) {
      entries.push(section);
      const heading = block.textContent.trim();
      section = { ...page, url: `#${name}.${block.id}`, section: heading, step: '', text: '' };
    } else section.text += `${block.textContent}\n`;
  }
  return [...entries, section].filter(({ text }) => text.trim() !== '');
}
