import { escapeHtml } from '../../../src/core/screen/escape.ts';
import { factsLine } from '../facts.ts';
import type { Workshop } from '../workshop.ts';
import { document, type Chapter } from './chapter.ts';

/** A file of the book, as listed in its package. */
export interface Item {
  readonly path: string;
  readonly type: string;
  readonly content: string | Uint8Array;
  readonly properties?: string;
  /** Whether it is in the reading order, which is the order of the list. */
  readonly read?: boolean;
}

/** Identifies the book in every edition; editions differ in the date. */
const IDENTIFIER = 'urn:uuid:6f1f9f0e-52c3-4c0e-9d0a-6d6b6b1d0c4e';

/** Accessibility metadata of the book (https://www.w3.org/TR/epub-a11y/). */
const ACCESSIBILITY: readonly (readonly [string, string])[] = [
  ['schema:accessMode', 'textual'],
  ['schema:accessMode', 'visual'],
  ['schema:accessModeSufficient', 'textual'],
  ['schema:accessibilityFeature', 'structuralNavigation'],
  ['schema:accessibilityFeature', 'tableOfContents'],
  ['schema:accessibilityFeature', 'readingOrder'],
  ['schema:accessibilityFeature', 'alternativeText'],
  ['schema:accessibilityFeature', 'displayTransformability'],
  ['schema:accessibilityFeature', 'ARIA'],
  ['schema:accessibilityHazard', 'none'],
  [
    'schema:accessibilitySummary',
    'All terminals are text. The few pictures have alternative text. Nothing moves.',
  ],
];

/** The package document: metadata, files and reading order. */
export function packageDocument(workshop: Workshop, items: readonly Item[]): string {
  const { facts, title, description } = workshop;
  const id = (path: string) => `i-${path.replace(/[^A-Za-z0-9-]/g, '-')}`;
  const meta = ACCESSIBILITY.map(
    ([property, value]) => `<meta property="${property}">${escapeHtml(value)}</meta>`,
  );
  const manifest = items.map(
    ({ path, type, properties }) =>
      `<item id="${id(path)}" href="${path}" media-type="${type}"${properties === undefined ? '' : ` properties="${properties}"`}/>`,
  );
  const spine = items
    .filter(({ read }) => read === true)
    .map(({ path }) => `<itemref idref="${id(path)}"/>`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="book" xml:lang="en">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="book">${IDENTIFIER}</dc:identifier>
<dc:title>${escapeHtml(title)}</dc:title>
<dc:language>en</dc:language>
<dc:creator>${escapeHtml(title)}</dc:creator>
<dc:description>${escapeHtml(`${description} ${factsLine(facts)}.`)}</dc:description>
<dc:date>${facts.date}</dc:date>
<meta property="dcterms:modified">${facts.date}T00:00:00Z</meta>
${meta.join('\n')}
</metadata>
<manifest>
${manifest.join('\n')}
<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
</manifest>
<spine toc="ncx">
${spine.join('\n')}
</spine>
</package>
`;
}

export interface BookPart {
  readonly title: string;
  readonly chapters: readonly Chapter[];
}

/** The navigation document: table of contents, and landmarks for reading systems. */
export function navigation(workshop: Workshop, parts: readonly BookPart[]): string {
  const link = (href: string, text: string) => `<a href="${href}">${escapeHtml(text)}</a>`;
  const chapter = ({ file, title, sections }: Chapter) => {
    const inner = sections.map(
      ({ anchor, text }) => `<li>${link(`${file}#${encodeURIComponent(anchor)}`, text)}</li>`,
    );
    return `<li>${link(file, title)}${inner.length > 0 ? `<ol>${inner.join('')}</ol>` : ''}</li>`;
  };
  const list = parts.map(
    ({ title, chapters }) =>
      `<li><span>${escapeHtml(title)}</span><ol>${chapters.map(chapter).join('')}</ol></li>`,
  );
  const first = parts[0]?.chapters[0]?.file ?? 'contents.xhtml';
  return document(
    `Contents of ${workshop.title}`,
    `<nav epub:type="toc" role="doc-toc" id="toc"><h1>Contents</h1><ol>${list.join('')}</ol></nav>
<nav epub:type="landmarks" id="landmarks" hidden="hidden"><h2>Landmarks</h2><ol>
<li><a epub:type="cover" href="cover.xhtml">Cover</a></li>
<li><a epub:type="toc" href="contents.xhtml">Contents</a></li>
<li><a epub:type="bodymatter" href="${first}">First lesson</a></li>
<li><a epub:type="glossary" href="reference-glossary.xhtml">Glossary</a></li>
</ol></nav>`,
  );
}

/** The table of contents for reading systems that support only EPUB 2. */
export function oldNavigation(workshop: Workshop, parts: readonly BookPart[]): string {
  const points = parts
    .flatMap(({ chapters }) => chapters)
    .map(
      ({ file, title }, index) =>
        `<navPoint id="n${index + 1}" playOrder="${index + 1}"><navLabel><text>${escapeHtml(title)}</text></navLabel><content src="${file}"/></navPoint>`,
    );
  return `<?xml version="1.0" encoding="UTF-8"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"><head><meta name="dtb:uid" content="${IDENTIFIER}"/></head>
<docTitle><text>${escapeHtml(workshop.title)}</text></docTitle><navMap>${points.join('')}</navMap></ncx>
`;
}
