/// <reference lib="webworker" />

/*
 * The site's service worker, registered when a reader opens a Docker of their own: pages that were opened since then work without a
 * network. The network is asked first, so that nothing old is shown while there is one, but for files whose names have hashes.
 * The machine's files are kept by the lab's own worker: they pass.
 */

const scope = self as unknown as ServiceWorkerGlobalScope;
const PAGES = 'pages';
/** No file of the site depends on who asks, though servers may say so (`Vary: Origin`): scripts and workers ask in other ways. */
const MATCH: CacheQueryOptions = { ignoreSearch: true, ignoreVary: true };

scope.addEventListener('install', () => void scope.skipWaiting());
scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()));
scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const base = new URL(scope.registration.scope);
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== base.origin) return;
  if (!pathname.startsWith(base.pathname) || pathname.startsWith(`${base.pathname}vm/`)) return;
  const isHashed = pathname.startsWith(`${base.pathname}_astro/`);
  event.respondWith(isHashed ? keptFirst(request) : networkFirst(request));
});

async function keptFirst(request: Request): Promise<Response> {
  return (await caches.match(request, MATCH)) ?? fetchAndKeep(request);
}

async function networkFirst(request: Request): Promise<Response> {
  try {
    return await fetchAndKeep(request);
  } catch (error) {
    const found = await caches.match(request, MATCH);
    if (found === undefined) throw error;
    return found;
  }
}

async function fetchAndKeep(request: Request): Promise<Response> {
  const response = await fetch(request);
  if (response.status === 200) {
    const cache = await caches.open(PAGES);
    // Without room the page is shown all the same.
    await cache.put(request, response.clone()).catch(() => undefined);
  }
  return response;
}
