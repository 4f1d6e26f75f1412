/**
 * Cache of pages and their assets, from which the site's service worker, `offline-worker.js`,
 * responds when offline.
 */
const PAGES = 'pages';

/**
 * Makes this page, and those that the reader opens from now on, available offline. Together with
 * the machine's files, which its worker stores, the lab then works offline. Does nothing in
 * browsers that store nothing.
 * @param worker address of the machine's worker, which browsers do not list among a page's
 *   resources
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
    // Not available without HTTPS or in private windows.
  }
}

/**
 * Fetches a file and makes it available offline.
 * @throws {Error} if it is available neither from the network nor from the cache
 */
export async function kept(address: string): Promise<Response> {
  try {
    const response = await fetch(address, { cache: 'no-cache' });
    if (!response.ok) throw new Error(`${address}: the server responded with ${response.status}`);
    const cache = await caches.open(PAGES).catch(() => undefined);
    await cache?.put(address, response.clone()).catch(() => undefined);
    return response;
  } catch (error) {
    const found = await caches.match(address, { ignoreVary: true }).catch(() => undefined);
    if (found === undefined) throw error;
    return found;
  }
}
