import { getCollection } from 'astro:content';
import type { APIRoute } from 'astro';
import { lessonText } from '../../metadata/lesson-text.ts';
import { PROJECT } from '../../project.ts';

/** Each lesson as plain Markdown with its real output. */
export async function getStaticPaths() {
  const lessons = await getCollection('lessons');
  return lessons.map(({ id }) => ({ params: { lesson: id } }));
}

export const GET: APIRoute = async ({ params, site }) => {
  const text = await lessonText(PROJECT, params['lesson'] ?? '', site, import.meta.env.BASE_URL);
  return new Response(text, { headers: { 'content-type': 'text/markdown; charset=utf-8' } });
};
