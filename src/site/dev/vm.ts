import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { APIRoute } from 'astro';
import { hasVm, VM } from '../../browser-lab/build/publish.ts';
import { PROJECT } from '../project.ts';

/** Serves the browser lab during development; a build copies it. */
export async function getStaticPaths() {
  if (!hasVm(PROJECT)) return [];
  const entries = await readdir(join(PROJECT, VM), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(PROJECT, VM).length + 1))
    .map((path) => ({ params: { path } }));
}

export const GET: APIRoute = async ({ params }) =>
  new Response(await readFile(join(PROJECT, VM, params['path'] ?? '')));
