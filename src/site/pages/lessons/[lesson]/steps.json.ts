import type { APIRoute } from 'astro';
import { foldersOf } from '../../../../store/folders.ts';
import { lessonIds } from '../../../../store/lessons.ts';
import { openLesson } from '../../../../store/project.ts';
import { hasVm, labSteps } from '../../../../browser-lab/build/publish.ts';
import { PROJECT } from '../../../project.ts';

/** The data that the browser lab needs for each lesson whose steps were tried in it. */
export async function getStaticPaths() {
  if (!hasVm(PROJECT)) return [];
  const ids = lessonIds(foldersOf(PROJECT).content);
  const tried = await Promise.all(ids.map(async (id) => ((await stepsOf(id)) ? [id] : [])));
  return tried.flat().map((lesson) => ({ params: { lesson } }));
}

export const GET: APIRoute = async ({ params }) =>
  Response.json(await stepsOf(params['lesson'] ?? ''));

async function stepsOf(lesson: string) {
  return labSteps(await openLesson(PROJECT, lesson));
}
