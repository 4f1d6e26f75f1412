import type { APIRoute } from 'astro';
import { lessonText } from '../metadata/lesson-text.ts';
import { workshop } from '../workshop.ts';
import { PROJECT } from '../project.ts';

/** All lessons as one text, in reading order. */
export const GET: APIRoute = async ({ site }) => {
  const places = (await workshop()).flatMap((part) => part.places);
  const texts: string[] = [];
  for (const { entry } of places)
    texts.push(await lessonText(PROJECT, entry.id, site, import.meta.env.BASE_URL));
  return new Response(texts.join('\n'));
};
