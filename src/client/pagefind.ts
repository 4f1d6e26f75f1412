import type { Pagefind } from './search.ts';

/** The search engine of the site, which loads its index as it is asked. */
export async function loadPagefind(): Promise<Pagefind> {
  const base = document.documentElement.dataset['base'] ?? '/';
  const pagefind = (await import(/* @vite-ignore */ `${base}pagefind/pagefind.js`)) as Pagefind;
  await pagefind.options({ baseUrl: base, excerptLength: 18 });
  await pagefind.init();
  return pagefind;
}
