import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CheerioAPI } from 'cheerio';
import { escapeHtml } from '../../../src/core/screen/escape.ts';
import { factsLine } from '../facts.ts';
import { printedFonts } from '../fonts.ts';
import { stylesOf } from '../styles.ts';
import { headingsIn, pageText, type TextStyle } from '../text.ts';
import { lessonsOf, type LessonPage, type SitePage, type Workshop } from '../workshop.ts';
import { contents, cover, type Chapter } from './contents.ts';

/** What is printed. */
export interface Edition {
  readonly workshop: Workshop;
  /** Pages before the lessons. */
  readonly front: readonly SitePage[];
  readonly answers: TextStyle['answers'];
}

const styleFor = ({ workshop: { dist }, answers }: Edition): TextStyle => ({
  id: ({ id }, own) => `${id}.${own}`,
  href: (_from, { id }, anchor) => `#${anchor === '' ? id : `${id}.${anchor}`}`,
  picture: (path) => pathToFileURL(join(dist, path)).href,
  shift: 1,
  folds: false,
  answers,
});

/** Inline code of at most this many characters is not broken. */
const WHOLE = 28;

/** The id of the last chapter, which no lesson can have. */
const SOLUTIONS = '_solutions';

interface Printed extends Chapter {
  readonly html: string;
  /** The hints and the solution of its task, which are printed in the last chapter. */
  readonly solution: string;
}

/** Prepares the page to print. The result makes it for one round; see `renderPdf`. */
export async function printPage(
  edition: Edition,
): Promise<(pages: ReadonlyMap<string, number>) => string> {
  const { workshop, front, answers } = edition;
  const all = [...front, ...lessonsOf(workshop), ...workshop.reference];
  const style = styleFor(edition);
  const print = (page: SitePage, selector: string) => printed(page, selector, all, workshop, style);
  const parts = workshop.parts.map(({ letter, title, lessons }) => ({
    title,
    letter,
    chapters: lessons.map((page) => ({ ...print(page, 'article.prose'), code: page.code })),
  }));
  const solved = parts
    .flatMap(({ chapters }) => chapters)
    .filter(({ solution }) => solution !== '')
    .map(({ anchor, code, text, solution }) => ({
      anchor: `${anchor}._solution`,
      text: `${code} · ${text}`,
      html: solution,
    }));
  const last = answers === 'none' ? 'Hints' : 'Solutions';
  const solutions = {
    ...{ anchor: SOLUTIONS, text: last, sections: solved },
    html: `<h2>${last}</h2>${solved.map(({ html }) => html).join('')}`,
  };
  const agendas = {
    title: 'Agendas',
    letter: 'T',
    chapters: front.map((page) => print(page, 'main')),
  };
  const reference = {
    title: 'Reference',
    letter: 'R',
    chapters: [
      ...workshop.reference.map((page) => print(page, 'main')),
      ...(solved.length > 0 ? [solutions] : []),
    ],
  };
  const groups = [agendas, ...parts, reference].filter(({ chapters }) => chapters.length > 0);
  const sheet = `${await printedFonts()}\n${await stylesOf(new URL('./print.css', import.meta.url), ['reset'])}\n${runningHeads([...all, { id: SOLUTIONS, title: last }])}`;
  const facts = factsLine(workshop.facts);
  return (pages) => {
    const body = groups.map(({ title, letter, chapters }) =>
      chapters
        .map(({ anchor, html }, index) => {
          const part = `<h1 class="part" id="part-${letter}">${escapeHtml(title)}</h1>`;
          return `<article class="chapter p-${anchor}" id="${anchor}">${index === 0 ? part : ''}${html}</article>`;
        })
        .join(''),
    );
    const text = body
      .join('')
      .replace(/<i class="ref" data-ref="([^"]*)"><\/i>/g, (_, to: string) => {
        return `<i class="ref"> (p.&nbsp;${pages.get(to) ?? '00'})</i>`;
      });
    return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(workshop.title)}</title><style>${sheet}</style></head><body>${cover(workshop, facts)}${contents(groups, pages)}${text}</body></html>`;
  };
}

/** Gives each chapter its own page type, so that the running heads can name it. */
function runningHeads(
  chapters: readonly (Pick<SitePage, 'id' | 'title'> & Partial<LessonPage>)[],
): string {
  const head = ({ id, title, code }: (typeof chapters)[number]) => {
    const name = code === undefined ? title : `${code} · ${title}`;
    return `@page p-${id}{@top-left{content:${JSON.stringify(name)}}}.p-${id}{page:p-${id}}`;
  };
  return chapters.map(head).join('\n');
}

function printed(
  page: SitePage,
  selector: string,
  all: readonly SitePage[],
  workshop: Workshop,
  style: TextStyle,
): Printed {
  const { $, text } = pageText(page, selector, all, workshop, style);
  // On paper, links to other lessons need a page number.
  text.find(':is(p, li, .agenda) a[data-to]').each((_, link) => {
    const to = $(link).attr('data-to') ?? '';
    if (!to.startsWith('_'))
      $(link).after(`<i class="ref" data-ref="${($(link).attr('href') ?? '').slice(1)}"></i>`);
  });
  // So do commands, in the index and at the end of a lesson, and solutions.
  text.find(':is(.command-list, .to-task) a').each((_, link) => {
    $(link).append(`<i class="ref" data-ref="${($(link).attr('href') ?? '').slice(1)}"></i>`);
  });
  // A browser would break an option at its hyphen.
  text.find(':not(pre) > code').each((_, code) => {
    if ($(code).text().length <= WHOLE) $(code).addClass('whole');
  });
  // Small print at the end of a lesson is not part of its outline.
  text.find(':is(.proof, .commands) > h3').each((_, heading) => {
    heading.tagName = 'p';
    $(heading).addClass('label');
  });
  const solution = text.children('.solutions').remove();
  noteAddresses($, text);
  noteAddresses($, solution);
  const { code = '' } = page as Partial<LessonPage>;
  solution.children('h3').text(`${code} · ${page.title}`);
  // These pages are themselves lists.
  const sections = ['_cheat-sheet', '_commands'].includes(page.id)
    ? []
    : headingsIn($, text.find('h3'));
  return {
    ...{ anchor: page.id, text: page.title, sections, html: text.html() ?? '' },
    solution: $.html(solution),
  };
}

/** Lists external addresses, numbered, at the end of the chapter. */
function noteAddresses($: CheerioAPI, text: ReturnType<CheerioAPI>): void {
  const known: string[] = [];
  text.find('a.out-link').each((_, link) => {
    const href = $(link).attr('href') ?? '';
    const isWritten = [href, href.replace('https://', '')].includes($(link).text());
    if (isWritten || $(link).closest('.more').length > 0) return;
    if (!known.includes(href)) known.push(href);
    $(link).after(`<sup>${known.indexOf(href) + 1}</sup>`);
  });
  if (known.length === 0) return;
  const items = known.map(
    (href) => `<li><a href="${escapeHtml(href)}">${escapeHtml(href)}</a></li>`,
  );
  text.append(
    `<section class="addresses"><p class="label">Addresses</p><ol>${items.join('')}</ol></section>`,
  );
}
