import { root } from 'astro:config/server';
import { fileURLToPath } from 'node:url';
import type { APIRoute } from 'astro';
import { lessonIds, openLesson } from '../../../../store/recordings.ts';
import { hasVm, labSteps } from '../../../../browser-lab/publish.ts';

/** What the browser lab needs of each lesson whose steps were tried in it. */
export async function getStaticPaths() {
  const project = fileURLToPath(root);
  if (!hasVm(project)) return [];
  const ids = await lessonIds(project);
  const tried = await Promise.all(ids.map(async (id) => ((await stepsOf(id)) ? [id] : [])));
  return tried.flat().map((lesson) => ({ params: { lesson } }));
}

export const GET: APIRoute = async ({ params }) =>
  Response.json(await stepsOf(params['lesson'] ?? ''));

async function stepsOf(lesson: string) {
  const project = fileURLToPath(root);
  return labSteps(project, await openLesson(project, lesson));
}
