import type { CheerioAPI } from 'cheerio';
import type { Element } from 'domhandler';
import { follow } from './links.ts';
import { anchorsOf, solutionsLast } from './solutions.ts';
import type { SitePage, Workshop } from './workshop.ts';

/** How one kind of file writes what differs between the kinds. */
export interface TextStyle {
  /** The id of an element of a page in the file. */
  readonly id: (page: SitePage, id: string) => string;
  /** The address of a page or of an element on it. */
  readonly href: (from: SitePage, page: SitePage, anchor: string) => string;
  /** The address of a picture, given its path on the site. */
  readonly picture: (path: string) => string;
  /** By how many levels headings are demoted. */
  readonly shift: number;
  /** Whether readers can open folded content; if not, it is shown. */
  readonly folds: boolean;
  /**
   * Whether it has the screens and answers of predictions, and the solutions of tasks: those stand
   * below their tasks or at the end of the lesson.
   */
  readonly answers: 'none' | 'at the end' | 'in place';
}

/** Hidden output of more lines than this is left out on paper. */
const PRINTED = 24;

/**
 * Extracts the text of a page for a static file, without buttons and without dead links.
 * @param selector of the text on the page
 * @param pages all pages of the file
 * @returns a copy of the text
 */
export function pageText(
  page: SitePage,
  selector: string,
  pages: readonly SitePage[],
  workshop: Workshop,
  style: TextStyle,
): { readonly $: CheerioAPI; readonly text: ReturnType<CheerioAPI> } {
  const $ = page.html;
  const text = $(selector).first().clone();
  takeOtherEngines($, text, style);
  for (const fold of text.find('.screen .fold')) {
    const screen = $(fold).closest('.screen');
    const links = screen.siblings('.foot').find('a:not(.cast)');
    const own = links.filter(
      (_, link) => $(link).closest('[data-for]').attr('data-for') === screen.attr('data-for'),
    );
    $(fold).attr('data-text', own.attr('href') ?? '');
  }
  text.find('.foot, .held, .go-on, .own, .only-js, script, style').remove();
  text.find('[hidden]').remove();
  // The site separates these only by space.
  text.find('.proofs a + a, .uses dd a + a').before(', ');
  // Nothing lights up in a file.
  text.find('[data-q]:not([class])').each((_, end) => void $(end).replaceWith($(end).contents()));
  // The name of a step is a link to the step itself.
  text.find('.step .id').each((_, link) => unwrap($, link, 'b'));
  text.find('.step > figcaption > b').addClass('id');
  text.find('.predict').each((_, predict) => showAnswers($, predict, style));
  if (style.answers !== 'in place') solutionsLast($, text, style.answers === 'at the end');
  text.find('details').each((_, details) => openUp($, details, workshop, style));
  text.find('a[href]').each((_, link) => {
    const target = follow($(link).attr('href') ?? '', page, pages, workshop);
    if (target.kind === 'nowhere') unwrap($, link, 'span');
    else if (target.kind === 'address') $(link).attr({ href: target.href, class: 'out-link' });
    else
      $(link).attr({
        href: style.href(page, target.page, target.anchor),
        ...(target.page !== page && { 'data-to': target.page.id }),
      });
  });
  text.find('img[src]').each((_, picture) => {
    const path = ($(picture).attr('src') ?? '').slice(workshop.base.length);
    $(picture).attr('src', style.picture(path)).removeAttr('loading');
  });
  renameIds($, text, (id) => style.id(page, id));
  text.find('h1, h2, h3, h4').each((_, heading) => {
    heading.tagName = `h${Math.min(Number(heading.tagName.slice(1)) + style.shift, 6)}`;
  });
  text
    .find('*')
    .addBack()
    .each((_, element) => dropData($, element as Element));
  return { $, text };
}

/**
 * Readers of a file cannot choose an Engine: prose is for the newest. What steps show on others,
 * and notes on those, stay: small, or folded.
 */
function takeOtherEngines($: CheerioAPI, text: ReturnType<CheerioAPI>, style: TextStyle): void {
  const others = text.find('[data-for][data-pagefind-ignore]');
  others.not('.on, .screen, .picture, .aside').remove();
  others.addClass('other');
  if (!style.folds) return;
  for (const label of text.find('.on.other')) {
    const shown = $(label).nextUntil(':not(.other.screen, .other.picture)');
    const fold = $('<details>').append($('<summary>').text($(label).find('b').text()));
    $(label).before(fold).remove();
    fold.append(shown);
  }
}

/** Renames the ids of elements, also where other elements refer to them. */
export function renameIds(
  $: CheerioAPI,
  text: ReturnType<CheerioAPI>,
  rename: (id: string) => string,
): void {
  for (const name of ['id', 'aria-labelledby', 'for'])
    text.find(`[${name}]`).each((_, element) => {
      const ids = ($(element).attr(name) ?? '').split(' ');
      $(element).attr(name, ids.map(rename).join(' '));
    });
}

/** The headings of a text that can be linked to. */
export function headingsIn(
  $: CheerioAPI,
  headings: ReturnType<CheerioAPI>,
): { readonly anchor: string; readonly text: string }[] {
  return headings
    .toArray()
    .map((heading) => ({
      anchor: $(heading).attr('id') ?? '',
      text: $(heading).text().trim(),
    }))
    .filter(({ anchor }) => anchor !== '');
}

/**
 * Lists the answers of a prediction below the question, and explains them after the screen; or
 * leaves only what will be typed.
 */
function showAnswers($: CheerioAPI, predict: Element, style: TextStyle): void {
  const answers = style.answers !== 'none';
  const cover = $(predict).find('.cover');
  for (const answer of $(predict).find('.answer')) {
    const summary = $(answer).children('summary');
    const why = $(answer).children('.why');
    const name = $('<p class="label">').text(
      `${summary.children('b').text()}: ${summary.children('.verdict').text()}`,
    );
    if (answers) why.prepend(name).appendTo(predict);
    summary.children('.verdict').remove();
    summary.children('b').after(' ');
    $(answer).replaceWith($('<p class="answer">').append(summary.contents()));
  }
  const summary = cover.children('summary');
  if (!answers) {
    const typed = $('<pre class="typed">').append(summary.children('kbd'));
    typed.children('kbd').slice(1).before('\n');
    $(predict).append(typed, anchorsOf($, cover));
    cover.remove();
    return;
  }
  summary.remove();
  cover.replaceWith(cover.contents());
}

/** Replaces folded content with plain text. A long output names the place of the rest. */
function openUp($: CheerioAPI, details: Element, workshop: Workshop, style: TextStyle): void {
  const fold = $(details);
  const summary = fold.children('summary');
  if (!fold.hasClass('fold')) {
    if (style.folds) return;
    summary.replaceWith($('<p class="label">').text(summary.text().trim()));
    details.tagName = 'div';
    return;
  }
  const hidden = fold.children('pre');
  const count = hidden.text().replace(/^\n/, '').split('\n').length;
  if (style.folds) {
    summary.empty().text(`${count} more lines`);
    return;
  }
  if (count <= PRINTED) {
    fold.replaceWith(hidden);
    return;
  }
  const path = (fold.attr('data-text') ?? '').slice(workshop.base.length);
  const line = $('<p class="more">').text(`… ${count} lines are not printed: `);
  line.append(
    workshop.site === undefined
      ? $('<span>').text(path)
      : $('<a class="out-link">').attr('href', new URL(path, workshop.site).href).text(path),
  );
  fold.replaceWith(line);
}

function unwrap($: CheerioAPI, link: Element, name: string): void {
  const plain = $(`<${name}>`);
  plain.append($(link).contents());
  $(link).replaceWith(plain);
}

/** Removes attributes that only scripts and the search read. */
function dropData($: CheerioAPI, element: Element): void {
  for (const name of Object.keys(element.attribs))
    if (name.startsWith('data-') && name !== 'data-to') $(element).removeAttr(name);
}
