import { render } from 'astro:content';
import type { MarkdownHeading } from 'astro';
import type { Place } from './workshop.ts';

/** The sections of a lesson's page, in the language of its text. */
export async function sectionsOf({
  entry,
  translation,
}: Pick<Place, 'entry' | 'translation'>): Promise<readonly MarkdownHeading[]> {
  const { headings } = await render(translation ?? entry);
  return headings.filter(({ depth }) => depth === 2);
}
