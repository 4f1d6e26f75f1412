import { root } from 'astro:config/server';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { APIRoute } from 'astro';
import { hasVm, VM } from '../../browser-lab/build/publish.ts';

/** Serves the browser lab during development; a build copies it. */
export async function getStaticPaths() {
  const project = fileURLToPath(root);
  if (!hasVm(project)) return [];
  const entries = await readdir(join(project, VM), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(project, VM).length + 1))
    .map((path) => ({ params: { path } }));
}

export const GET: APIRoute = async ({ params }) =>
  new Response(await readFile(join(fileURLToPath(root), VM, params['path'] ?? '')));
