import type { APIRoute } from 'astro';
import { publishedRecording, publishedRecordings } from '../../store/published.ts';
import { PROJECT } from '../project.ts';

/** Serves the recording files during development; a build copies them. */
export async function getStaticPaths() {
  const paths = await publishedRecordings(PROJECT);
  return paths.map((path) => ({ params: { path } }));
}

export const GET: APIRoute = ({ params }) => {
  const path = params['path'] ?? '';
  const type = path.endsWith('.png') ? 'image/png' : 'text/plain; charset=utf-8';
  return new Response(publishedRecording(PROJECT, path), {
    headers: { 'content-type': type },
  });
};
