import { rankedPlaces, type PagefindHit } from './search-places.ts';
import type { SearchEngine } from './search.ts';

/** What of Pagefind's interface is used: https://pagefind.app/docs/api/ */
interface Pagefind {
  options(options: { baseUrl: string; excerptLength: number }): Promise<void>;
  init(): Promise<void>;
  debouncedSearch(query: string): Promise<{ results: { data(): Promise<PagefindHit> }[] } | null>;
}

/** The search engine of the site, which loads its index as it is asked. */
export async function loadEngine(): Promise<SearchEngine> {
  const base = document.documentElement.dataset['base'] ?? '/';
  const pagefind = (await import(/* @vite-ignore */ `${base}pagefind/pagefind.js`)) as Pagefind;
  await pagefind.options({ baseUrl: base, excerptLength: 18 });
  await pagefind.init();
  return async (query, most) => {
    const found = await pagefind.debouncedSearch(query);
    if (found === null) return undefined;
    const hits = await Promise.all(found.results.slice(0, most).map((result) => result.data()));
    return rankedPlaces(query, hits).slice(0, most);
  };
}
