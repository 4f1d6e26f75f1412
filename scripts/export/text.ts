import type { CheerioAPI } from 'cheerio';
import type { Element } from 'domhandler';
import { follow } from './links.ts';
import type { SitePage, Workshop } from './workshop.ts';

/** How a file writes what differs between its kinds. */
export interface TextStyle {
  /** The id that an element of a page gets. */
  readonly id: (page: SitePage, id: string) => string;
  /** The address of a page, or of an element on it. */
  readonly href: (from: SitePage, page: SitePage, anchor: string) => string;
  /** The address of a picture, given its path on the site. */
  readonly picture: (path: string) => string;
  /** How many levels the page's headings go down. */
  readonly shift: number;
  /** Whether what is folded on the site can be opened by the reader; else it is open. */
  readonly folds: boolean;
}

/** Outputs that hide more lines than this on the site are cut on paper as well. */
const PRINTED = 24;

/**
 * The text of a page for a file that is read, not used: no buttons, and every link leads somewhere.
 * @param selector of its text on the page
 * @param pages what the file holds
 * @returns a tree of its own
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
  text.find('.foot, .go-on, .own, script, style').remove();
  text.find('[hidden]').remove();
  // What only distances tell apart on the site.
  text.find('.proofs a + a, .uses dd a + a').before(', ');
  // A step's name links to itself.
  text.find('.step .id').each((_, link) => unwrap($, link, 'b'));
  text.find('.step > figcaption > b').addClass('id');
  text.find('details').each((_, details) => openUp($, details, page, workshop, style));
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
  for (const name of ['id', 'aria-labelledby', 'for'])
    text.find(`[${name}]`).each((_, element) => {
      const ids = ($(element).attr(name) ?? '').split(' ');
      $(element).attr(name, ids.map((id) => style.id(page, id)).join(' '));
    });
  text.find('h1, h2, h3, h4').each((_, heading) => {
    heading.tagName = `h${Math.min(Number(heading.tagName.slice(1)) + style.shift, 6)}`;
  });
  text
    .find('*')
    .addBack()
    .each((_, element) => dropData($, element as Element));
  return { $, text };
}

/** A fold becomes plain text; a long output says where the rest of it stands. */
function openUp(
  $: CheerioAPI,
  details: Element,
  page: SitePage,
  workshop: Workshop,
  style: TextStyle,
): void {
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
  const step = fold.closest('.step').attr('id') ?? '';
  const lesson = page.path.split('/').at(-2) ?? '';
  const path = `recordings/${lesson}/${step}.txt`;
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

/** What scripts and the search read. */
function dropData($: CheerioAPI, element: Element): void {
  for (const name of Object.keys(element.attribs))
    if (name.startsWith('data-') && name !== 'data-to') $(element).removeAttr(name);
}
