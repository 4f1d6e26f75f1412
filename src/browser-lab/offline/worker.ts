/// <reference lib="webworker" />

/*
 * The site's service worker, registered when a reader opens the browser lab: pages opened since
 * then work offline. It tries the network first, so that pages are up to date while online, except
 * for files with hashes in their names. It ignores the machine's files, which the lab's worker
 * stores.
 */

const scope = self as unknown as ServiceWorkerGlobalScope;
const PAGES = 'pages';
/**
 * Responses do not depend on the requester, even if servers say so (`Vary: Origin`); scripts and
 * workers send different headers.
 */
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
    // The page is shown even if there is no space to store it.
    await cache.put(request, response.clone()).catch(() => undefined);
  }
  return response;
}
