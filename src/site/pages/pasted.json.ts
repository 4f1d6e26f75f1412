import type { APIRoute } from 'astro';
import type { PublishedData } from '../../core/pasted/published.ts';
import { nameOf } from '../../core/lesson/id.ts';
import { openLesson, openShownErrors } from '../../store/project.ts';
import { errorIndex } from '../../core/reference/error-index.ts';
import { knownErrors } from '../../store/reference.ts';
import { PROJECT } from '../project.ts';
import { workshop } from '../workshop.ts';

/** What a page loads when a reader compares pasted text with a step. */
export const GET: APIRoute = async () => {
  const ids = (await workshop()).flatMap(({ places }) => places.map(({ entry }) => entry.id));
  const lessons = await Promise.all(ids.map((id) => openLesson(PROJECT, id)));
  const errors = knownErrors(PROJECT) ?? [];
  const index = errorIndex(errors, await openShownErrors(PROJECT));
  const data: PublishedData = {
    errors: errors.map(({ id, pattern, means, do: advice, source }) => {
      const first = index.find(({ error }) => error.id === id)?.shown[0];
      const step = first && nameOf(first.lesson, first.step);
      return { id, find: pattern, means, do: advice, source, step };
    }),
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
