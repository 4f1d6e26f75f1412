import { root } from 'astro:config/server';
import { fileURLToPath } from 'node:url';
import type { APIRoute } from 'astro';
import { recordingFile, recordingPicture } from '../../store/recordings.ts';
import { publishedRecordings } from '../../store/published.ts';

/** The recording files while lessons are written; a build copies them. */
export async function getStaticPaths() {
  const paths = await publishedRecordings(fileURLToPath(root));
  return paths.map((path) => ({ params: { path } }));
}

export const GET: APIRoute = async ({ params }) => {
  const path = params['path'] ?? '';
  if (path.endsWith('.png'))
    return new Response(await recordingPicture(fileURLToPath(root), path), {
      headers: { 'content-type': 'image/png' },
    });
  const text = recordingFile(fileURLToPath(root), path);
  return new Response(text, { headers: { 'content-type': 'text/plain; charset=utf-8' } });
};
