import type { APIRoute } from 'astro';
import { transformWithOxc } from 'vite';
import source from '../offline/worker.ts?raw';

/** The service worker as JavaScript. It must be at the root of its scope, under a stable name. */
export const GET: APIRoute = async () => {
  const { code } = await transformWithOxc(source, 'worker.ts');
  return new Response(code, { headers: { 'content-type': 'text/javascript' } });
};
