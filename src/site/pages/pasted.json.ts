import type { APIRoute } from 'astro';
import type { PublishedData } from '../../core/pasted/published.ts';
import { openLesson } from '../../store/project.ts';
import { knownErrors } from '../../store/reference.ts';
import { PROJECT } from '../project.ts';
import { workshop } from '../workshop.ts';

/** What a page loads when a reader compares pasted text with a step. */
export const GET: APIRoute = async () => {
  const ids = (await workshop()).flatMap(({ places }) => places.map(({ entry }) => entry.id));
  const lessons = await Promise.all(ids.map((id) => openLesson(PROJECT, id)));
  const data: PublishedData = {
    errors: knownErrors(PROJECT).map(({ id, pattern, means, do: advice, source, step }) => ({
      ...{ id, find: pattern, means, do: advice, source, step },
    })),
    masks: Object.fromEntries(
      lessons.flatMap(({ lesson: { id, masks = [] } }) =>
        masks.length === 0
          ? []
          : [[id, masks.map(({ name, pattern, why }) => ({ name, pattern, why }))]],
      ),
    ),
  };
  return new Response(JSON.stringify(data));
};
