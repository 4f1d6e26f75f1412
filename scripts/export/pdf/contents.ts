import { escapeHtml } from '../../../src/core/screen/escape.ts';
import type { Workshop } from '../workshop.ts';

interface Heading {
  readonly anchor: string;
  readonly text: string;
}

/** A page of the site in the document: a lesson or another page. */
export interface Chapter extends Heading {
  readonly code?: string;
  readonly sections: readonly Heading[];
}

/** Placeholder for a page number that is not known yet. */
const UNKNOWN = '00';

/**
 * The table of contents.
 * @param parts titles with their chapters
 * @param pages page number of each anchor; empty in the first round
 */
export function contents(
  parts: readonly { readonly title: string; readonly chapters: readonly Chapter[] }[],
  pages: ReadonlyMap<string, number>,
): string {
  const entry = ({ anchor, text }: Heading, code = '') =>
    `<a href="#${escapeHtml(anchor)}"><span class="stamp">${code}</span><span class="name">${escapeHtml(text)}</span><span class="dots"></span><span class="number">${pages.get(anchor) ?? UNKNOWN}</span></a>`;
  const list = (sections: readonly Heading[]) =>
    sections.length === 0
      ? ''
      : `<ol>${sections.map((section) => `<li>${entry(section)}</li>`).join('')}</ol>`;
  return `<nav class="contents"><h1>Contents</h1>${parts
    .map(
      ({ title, chapters }) =>
        `<section><h2 class="label">${escapeHtml(title)}</h2><ol>${chapters
          .map((chapter) => `<li>${entry(chapter, chapter.code)}${list(chapter.sections)}</li>`)
          .join('')}</ol></section>`,
    )
    .join('')}</nav>`;
}

/** The first page, with the title and the date. */
export function cover(workshop: Workshop, facts: string): string {
  const rows = workshop.parts.map(
    ({ title, lessons }) =>
      `<div class="bay"><p class="label">${escapeHtml(title)}</p><ul>${lessons
        .map(({ html, title: name }) => {
          const stencil = html.html(html('.opening .stencil').first());
          return `<li>${stencil}<span>${escapeHtml(name)}</span></li>`;
        })
        .join('')}</ul></div>`,
  );
  const claim = workshop.start.html('h1').first().text().trim();
  return `<section class="cover"><div class="ship"><svg viewBox="0 0 32 32" aria-hidden="true"><path class="hot" d="M2 3h20v7H2z"/><path d="M2 12.5h28v7H2zM2 22h28v7H2z"/></svg></div>
<h1>${escapeHtml(workshop.title)}</h1><p class="claim">${escapeHtml(claim)}</p>
<div class="bays">${rows.join('')}</div><p class="facts">${escapeHtml(facts)}.</p></section>`;
}
