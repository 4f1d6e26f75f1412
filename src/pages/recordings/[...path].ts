import { root } from 'astro:config/server';
import { getCollection } from 'astro:content';
import { fileURLToPath } from 'node:url';
import type { APIRoute } from 'astro';
import { recordingPaths } from '../../recording/paths.ts';
import { openLesson, openReference, recordingFile } from '../../recordings.ts';

/** The recording files of every step of the lessons and of the reference, published as they are. */
export async function getStaticPaths() {
  const lessons = await getCollection('lessons');
  const recordings = await Promise.all(lessons.map(({ id }) => openLesson(fileURLToPath(root), id)));
  const reference = await openReference(fileURLToPath(root));
  if (reference !== undefined) recordings.push(reference.recording);
  return recordings.flatMap(({ lesson, steps }) =>
    [...steps].flatMap(([id, { state }]) =>
      state === 'recorded'
        ? [recordingPaths.cast, recordingPaths.screen].map((path) => ({ params: { path: path(lesson.id, id) } }))
        : [],
    ),
  );
}

export const GET: APIRoute = async ({ params }) => {
  const text = await recordingFile(fileURLToPath(root), params['path'] ?? '');
  return new Response(text, { headers: { 'content-type': 'text/plain; charset=utf-8' } });
};
