import { load } from 'cheerio';
import { escapeHtml } from '../../../src/core/screen/escape.ts';
import { headingsIn, pageText, type TextStyle } from '../text.ts';
import type { SitePage, Workshop } from '../workshop.ts';

export interface Chapter {
  readonly file: string;
  readonly title: string;
  readonly xhtml: string;
  /** Paths of its pictures on the site. */
  readonly pictures: readonly string[];
  /** Whether it contains SVG, which the package must declare. */
  readonly draws: boolean;
  readonly sections: readonly { readonly anchor: string; readonly text: string }[];
}

const STYLE: Omit<TextStyle, 'picture'> = {
  id: (_page, id) => id,
  href: (from, page, anchor) =>
    (page === from && anchor !== '' ? '' : fileOf(page)) +
    (anchor === '' ? '' : `#${encodeURIComponent(anchor)}`),
  shift: 0,
  folds: true,
  answers: 'at the end',
};

export function fileOf({ id }: Pick<SitePage, 'id'>): string {
  return `${id.replace(/^_/, 'reference-')}.xhtml`;
}

export function pictureFile(path: string): string {
  return path.replaceAll('/', '-');
}

/** Turns a page of the site into a document of the book. */
export function chapterOf(
  page: SitePage,
  selector: string,
  pages: readonly SitePage[],
  workshop: Workshop,
): Chapter {
  const pictures: string[] = [];
  const picture = (path: string) => {
    pictures.push(path);
    return pictureFile(path);
  };
  const { $, text } = pageText(page, selector, pages, workshop, { ...STYLE, picture });
  // Headings in folds and of small print do not start sections.
  const small = text.find(':is(.commands, .proof) h2');
  const sections = headingsIn($, text.find('h2').not('.label').not(small));
  text.find('svg').attr('xmlns', 'http://www.w3.org/2000/svg');
  const draws = text.find('svg').length > 0;
  return {
    file: fileOf(page),
    title: page.title,
    sections,
    pictures,
    draws,
    xhtml: document(
      page.title,
      `<section epub:type="chapter" role="doc-chapter">${toXml(text.html() ?? '')}</section>`,
    ),
  };
}

/** Wraps a text as a document of the book. */
export function document(title: string, body: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="en" xml:lang="en">
<head><meta charset="utf-8"/><title>${escapeHtml(title)}</title><link rel="stylesheet" type="text/css" href="book.css"/></head>
<body>${body}</body>
</html>
`;
}

/** Converts HTML to XML: closes every element, replaces HTML entities and invalid characters. */
export function toXml(html: string): string {
  const $ = load(html, null, false);
  return $.xml().replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
}
