import type { CheerioAPI } from 'cheerio';
import { TASK } from '../../../src/core/lesson/notes.ts';
import { readPage, type LessonPage, type Workshop } from '../workshop.ts';
import type { Edition } from './page.ts';

/** What the page with the agendas says of a lesson. */
interface Taught {
  readonly id: string;
  /** Minutes that it takes in a room. */
  readonly minutes: number;
  /** The section with which its second half begins. */
  readonly half?: { readonly title: string; readonly href: string };
}

/** The lessons as a teacher needs them in the room, after the agendas. */
export async function forTeachers(workshop: Workshop): Promise<Edition> {
  const agendas = await readPage(workshop.dist, '_teach', 'teach/');
  const taught = JSON.parse(
    agendas.html('[data-agenda]').attr('data-agenda') ?? '[]',
  ) as readonly Taught[];
  // Links to slides, and to the files, of which this is one.
  agendas.html('.agenda small, li:has([data-file])').remove();
  const parts = workshop.parts.map(async (part) => ({
    ...part,
    lessons: await Promise.all(part.lessons.map((lesson) => readLesson(lesson, workshop, taught))),
  }));
  return {
    workshop: { ...workshop, parts: await Promise.all(parts), reference: [] },
    front: [agendas],
    answers: 'in place',
  };
}

/** Reads the presenter's view, which is the text of the lesson with the notes below it. */
async function readLesson(
  lesson: LessonPage,
  { dist }: Workshop,
  taught: readonly Taught[],
): Promise<LessonPage> {
  const { html } = await readPage(dist, lesson.id, `present/${lesson.id}/`);
  const about = taught.find(({ id }) => id === lesson.id);
  if (about !== undefined) addTimes(html, about);
  placeNotes(html);
  shorten(html);
  return { ...lesson, html };
}

/** Adds the time that a lesson takes in a room, and where it can be interrupted. */
export function addTimes($: CheerioAPI, { minutes, half }: Omit<Taught, 'id'>): void {
  const time = $('<dd>').text(`${minutes} min`);
  $('.opening .facts').append($('<div>').append($('<dt>').text('In a room'), time));
  if (half === undefined) return;
  const id = half.href.slice(half.href.indexOf('#') + 1);
  time.append(', halfway at ', $('<a>').attr('href', `#${id}`).text(half.title));
}

/** Moves each note to the step, the task or the heading to which it belongs. */
export function placeNotes($: CheerioAPI): void {
  const headings = $('article').find('h2, h3');
  for (const note of $('div.note')) {
    const step = $(note).attr('data-step');
    const section = Number($(note).attr('data-section'));
    const shown = step === TASK ? $('.turn > .label') : $(`[id="${step ?? ''}"]`);
    const asked = $(note).attr('data-asks') === undefined ? shown : shown.closest('.cover').prev();
    const own = asked.length > 0 ? asked : shown;
    const owner = step === undefined ? headings.slice(section - 1, section) : own;
    const place = section === 0 && step === undefined ? $('.opening') : owner;
    const last = place.nextUntil(':not(div.note)').last();
    (last.length > 0 ? last : place).after(note);
  }
}

/**
 * Leaves what a teacher looks up: headings, notes, commands, names of files, and what the room is
 * asked, with the right answers and the solutions.
 */
export function shorten($: CheerioAPI): void {
  const text = $('article');
  // Questions and tasks stay as they are.
  const find = (selector: string) =>
    text.find(selector).filter((_, part) => $(part).closest('.ask, .turn').length === 0);
  find(':is(.before, .after, .alone) > *').not('.opening, h2, h3, .predict, .note').remove();
  find('.screen').children().not('.cmd').remove();
  find('.code').children().not('figcaption').remove();
  find('.code:not([data-file]), .legend, .picture').remove();
  text
    .find('.answer:not([data-right]) .why, [data-for][data-pagefind-ignore]')
    .add('.check > :not(.label, ul)', text)
    .remove();
  // The glossary is not in the file.
  text
    .find('a[href*="/glossary/#"]')
    .each((_, link) => void $(link).replaceWith($(link).contents()));
}
