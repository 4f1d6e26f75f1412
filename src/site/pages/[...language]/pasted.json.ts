import type { APIRoute } from 'astro';
import type { PublishedData } from '../../../core/pasted/published.ts';
import { nameOf } from '../../../core/lesson/id.ts';
import { errorIndex } from '../../../core/reference/error-index.ts';
import { explainedIn } from '../../../core/reference/errors.ts';
import { openLesson, openShownErrors } from '../../../store/project.ts';
import { knownErrors } from '../../../store/reference.ts';
import { ORIGINAL, type Language } from '../../i18n/languages.ts';
import { PROJECT } from '../../project.ts';
import { languages, workshop } from '../../workshop.ts';

/** One for each language. */
export function getStaticPaths() {
  return [ORIGINAL, ...languages()].map((language) => ({
    params: { language: language === ORIGINAL ? undefined : language },
    props: { language },
  }));
}

/** What a page loads when a reader compares pasted text with a step. */
export const GET: APIRoute<{ language: Language }> = async ({ props: { language } }) => {
  const ids = (await workshop()).flatMap(({ places }) => places.map(({ entry }) => entry.id));
  const lessons = await Promise.all(ids.map((id) => openLesson(PROJECT, id)));
  const errors = knownErrors(PROJECT) ?? [];
  const index = errorIndex(errors, await openShownErrors(PROJECT));
  const data: PublishedData = {
    errors: errors.map((error) => {
      const { id, pattern, source } = error;
      const first = index.find((entry) => entry.error.id === id)?.shown[0];
      const step = first && nameOf(first.lesson, first.step);
      return { id, find: pattern, ...explainedIn(error, language), source, step };
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
