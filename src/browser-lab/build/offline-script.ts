import type { APIRoute } from 'astro';
import { transformWithOxc } from 'vite';
import source from '../offline/worker.ts?raw';

/** The service worker as JavaScript: it has to stand at the head of all that it answers for, under a name that stays. */
export const GET: APIRoute = async () => {
  const { code } = await transformWithOxc(source, 'worker.ts');
  return new Response(code, { headers: { 'content-type': 'text/javascript' } });
};
