import { ORIGINAL, type Language } from '../../../core/lesson/languages.ts';
import { lessonMasks, type NamedMask } from '../../../core/recording/masks.ts';
import type { KnownMessage } from '../../../core/pasted/answer.ts';
import type { PublishedData, PublishedError } from '../../../core/pasted/published.ts';

/** A known error, with what the page tells about it. */
export type ExplainedMessage = KnownMessage & PublishedError;

/** What the page does not contain itself: known errors, and the masks of its lesson. */
export interface Known {
  readonly messages: readonly ExplainedMessage[];
  readonly declared: readonly NamedMask[];
}

let loading: Promise<Known> | undefined;

/**
 * Loads what is known, once.
 * @param language that of the lesson, which is the same for all its steps
 */
export function loadKnown(language: Language): Promise<Known> {
  loading ??= load(language).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function load(language: Language): Promise<Known> {
  const base = document.documentElement.dataset['base'] ?? '/';
  const folder = language === ORIGINAL ? '' : `${language}/`;
  const response = await fetch(`${base}${folder}pasted.json`);
  if (!response.ok) throw new Error(`pasted.json: ${response.status}`);
  const { errors, masks } = (await response.json()) as PublishedData;
  const page = document.querySelector<HTMLElement>('[data-lesson-page]');
  const declared = masks[page?.dataset['lessonPage'] ?? ''] ?? [];
  return {
    messages: errors.map((error) => ({ ...error, pattern: new RegExp(error.find, 'i') })),
    declared: lessonMasks({ masks: declared.map((mask) => ({ ...mask, line: 0 })) }),
  };
}
