/** Cache of pages and what they are made of; the worker of the site, `offline-worker.js`, answers from it without a network. */
const PAGES = 'pages';

/**
 * Has the pages that the reader opens from now on, and this one, at hand without a network: with the machine's files, which its worker keeps,
 * the lab then works offline. A browser that keeps nothing goes on without.
 * @param worker address of the machine's worker, which browsers do not list with what a page has loaded
 */
export async function keepPages(worker: string): Promise<void> {
  try {
    const base = document.documentElement.dataset['base'] ?? '/';
    await navigator.serviceWorker.register(`${base}offline-worker.js`, { scope: base });
    await navigator.serviceWorker.ready;
    const cache = await caches.open(PAGES);
    const here = performance
      .getEntriesByType('resource')
      .map(({ name }) => name)
      .filter((name) => name.startsWith(location.origin) && !name.includes('/vm/'));
    const pages = [location.href.replace(/#.*/, ''), worker, ...new Set(here)];
    await Promise.all(pages.map((page) => cache.add(page).catch(() => undefined)));
  } catch {
    // Without HTTPS, or in a private window.
  }
}

/**
 * Fetches a file, which is then at hand without a network.
 * @throws {Error} if it can be had neither way
 */
export async function kept(address: string): Promise<Response> {
  try {
    const response = await fetch(address, { cache: 'no-cache' });
    if (!response.ok) throw new Error(`${address}: the server said ${response.status}`);
    const cache = await caches.open(PAGES).catch(() => undefined);
    await cache?.put(address, response.clone()).catch(() => undefined);
    return response;
  } catch (error) {
    const found = await caches.match(address, { ignoreVary: true }).catch(() => undefined);
    if (found === undefined) throw error;
    return found;
  }
}
