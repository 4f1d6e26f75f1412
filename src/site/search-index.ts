import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from 'cheerio';
import { close, createIndex } from 'pagefind';
import { wordsOf } from './client/search-text.ts';

/** Parts of a terminal that were neither typed nor printed in it. */
const AROUND = [
  '.step > figcaption',
  '.step > .on',
  '.step > .foot',
  '.step > .held',
  '.step > .legend',
];

/**
 * Parts of a prediction that are not its question or its screen: wrong answers would be found, and
 * a result would give away the right one.
 */
const ANSWERS = ['.answer', '.cover > summary'];

/** Links to other pages, which have their own entries in the index. */
const ELSEWHERE = ['.bay', '.see', '.uses', '.proofs'];

/** The start of a section, whose address is that of the page with this id. */
const BEGINNINGS = 'h2[id], h3[id], .terms > div[id]';

/**
 * A whole or truncated id or digest. Nobody searches for those in recordings, and each would be a
 * word in the index.
 */
const DIGEST = /\b[0-9a-f]{12,}\b/g;

/** Prose counts more than terminal output, and headings count even more. */
const PRINTED = '0.5';
const NAMED = '5';

/** Recorded help texts and pages that list other pages count less than lessons. */
const LESS = '0.1';

/** A part of a page to which a search can lead. */
interface Section {
  readonly url: string;
  readonly language: string;
  /** The section as a page, for Pagefind. */
  readonly html: string;
  readonly text: string;
}

/**
 * Writes the search index of a built site. Each section of a page is one entry, so that words count
 * together only if they are in the same section; steps are places in it. Beside the index, a file
 * for each language lists its words, by which the search recognizes misspelled and unknown words.
 * The same file lists the docker commands of the reference, whose text is not in the index.
 * @param dist folder of the built site; the index goes to its folder `pagefind`
 * @returns the number of sections
 */
export async function writeSearchIndex(dist: string): Promise<number> {
  const files = (await readdir(dist, { recursive: true }))
    .filter((file) => file.endsWith('.html'))
    .sort();
  const read = async (file: string) => {
    const html = await readFile(join(dist, file), 'utf8');
    const path = file.replace(/index\.html$/, '');
    return { sections: sectionsOf(html, path), commands: commandsOf(html, path) };
  };
  const pages = await Promise.all(files.map(read));
  const sections = pages.flatMap((page) => page.sections);
  try {
    const created = await createIndex();
    if (created.index === undefined) throw new Error(`Pagefind: ${created.errors.join('; ')}`);
    for (const { url, html } of sections)
      checked(await created.index.addHTMLFile({ url, content: html }));
    checked(await created.index.writeFiles({ outputPath: join(dist, 'pagefind') }));
  } finally {
    await close();
  }
  for (const language of new Set(sections.map((section) => section.language))) {
    const texts = sections.filter((section) => section.language === language);
    const file = join(dist, 'pagefind', `words.${language}.json`);
    const commands = pages
      .filter((page) => page.sections[0]?.language === language)
      .flatMap((page) => page.commands);
    const vocabulary = vocabularyOf(texts.map(({ text }) => text));
    await writeFile(file, JSON.stringify({ ...vocabulary, commands }));
  }
  return sections.length;
}

function sectionsOf(html: string, path: string): Section[] {
  const $ = load(html);
  const body = $('[data-pagefind-body]').first();
  if (body.length === 0) return [];
  const language = $('html').attr('lang') ?? '';
  const title = body.find('h1').first().text().trim();
  const code = body.find('.opening .stencil').attr('aria-label') ?? '';
  const isDive = body.find('.opening [data-deep-dive]').length > 0;
  const kind = code === '' ? 'reference' : isDive ? 'dive' : 'core';
  body.find(['[data-pagefind-ignore]', ...AROUND, ...ANSWERS, ...ELSEWHERE].join()).remove();
  // The page separates "File", the file's name and its content by spacing, not by blanks.
  body.find('.code figcaption').children().after(' ');
  body.find('.out, .code').attr('data-pagefind-weight', PRINTED);
  body.find('.terms:not(.errors) dt').attr('data-pagefind-weight', NAMED);
  body.find('.step').each((_index, step) => {
    const typed = $(step).find('kbd').text();
    if (/^docker (help\b|.*--help\b)/.test(typed)) {
      $(step).attr('data-pagefind-weight', LESS);
      $(step).find('.out').removeAttr('data-pagefind-weight');
    }
    const id = step.attribs['id'] ?? '';
    $(step).attr('data-pagefind-title', id);
    // Marks where the terminal ends and prose continues.
    $(step).after(`<i id="after-${id}" data-pagefind-title="after"></i>`);
  });
  const weight = kind !== 'reference' || path.startsWith('glossary') ? '1' : LESS;
  const whole = $.html(body);
  const starts = load(
    whole,
    { sourceCodeLocationInfo: true },
    false,
  )(BEGINNINGS)
    .get()
    .map(({ sourceCodeLocation }) => sourceCodeLocation?.startOffset ?? 0);
  return [0, ...starts].map((start, index) => {
    const part = load(whole.slice(start, starts[index]), null, false);
    const beginning = index === 0 ? undefined : part('h2[id], h3[id], div[id]').first();
    const id = beginning?.attr('id');
    const name = beginning?.is('div') === true ? beginning.find('dt') : beginning;
    const meta = { title, code, kind, section: name?.text().trim() ?? '' };
    const content = part.html().replace(DIGEST, '…');
    return {
      url: id === undefined ? path : `${path}#${id}`,
      language,
      html: pageOf(content, language, meta, weight),
      // Reads cells separately, so that the text of adjacent cells does not form one word.
      text: part('*')
        .contents()
        .get()
        .flatMap((node) => (node.nodeType === 3 && 'data' in node ? [node.data] : []))
        .join(' '),
    };
  });
}

/** The commands that a reference page lists, with their addresses and names. */
function commandsOf(html: string, path: string) {
  const $ = load(html);
  const title = $('h1').first().text().trim();
  return $('.reference > .command-list a')
    .get()
    .map((link) => ({
      url: path + ($(link).attr('href') ?? ''),
      names: [title, $(link).text().trim()],
    }));
}

function pageOf(
  content: string,
  language: string,
  meta: Readonly<Record<string, string>>,
  weight: string,
): string {
  const $ = load('<main data-pagefind-body></main>');
  $('html').attr('lang', language);
  for (const [name, value] of Object.entries(meta))
    $('<meta>')
      .attr({ 'data-pagefind-meta': `${name}[content]`, content: value })
      .appendTo('head');
  $('main').attr('data-pagefind-weight', weight).html(content);
  return $.html();
}

/**
 * All words of the texts except machine-generated ones such as digests, in the form that
 * src/site/client/pagefind.ts reads.
 */
function vocabularyOf(texts: readonly string[]): { sections: number; words: string } {
  const all = new Set(texts.flatMap((text) => wordsOf(text)));
  const words = [...all].filter((word) => /^(\p{L}+\p{N}{0,2}|\p{N}{1,4}|[\p{L}_]+)$/u.test(word));
  return { sections: texts.length, words: words.sort().join(' ') };
}

function checked<T extends { readonly errors: readonly string[] }>(answer: T): T {
  if (answer.errors.length > 0) throw new Error(`Pagefind: ${answer.errors.join('; ')}`);
  return answer;
}
