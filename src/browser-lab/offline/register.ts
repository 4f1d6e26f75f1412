/**
 * Cache of pages and their assets, from which the site's service worker, `offline-worker.js`,
 * responds when offline.
 */
const PAGES = 'pages';

/** Whether pages can be available offline: not over plain HTTP, nor in some private windows. */
export function canWorkOffline(): boolean {
  return 'serviceWorker' in navigator && 'caches' in window;
}

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
    await store(address, response.clone());
    return response;
  } catch (error) {
    const found = await stored(address);
    if (found === undefined) throw error;
    return found;
  }
}

/** Stores a response if the browser stores any: over plain HTTP, there is no `caches`. */
async function store(address: string, response: Response): Promise<void> {
  try {
    await (await caches.open(PAGES)).put(address, response);
  } catch {
    // It is available online only.
  }
}

async function stored(address: string): Promise<Response | undefined> {
  try {
    return await caches.match(address, { ignoreVary: true });
  } catch {
    return undefined;
  }
}
