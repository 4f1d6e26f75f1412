import { clock, type Agenda, type Item, type Taught } from '../../core/lesson/agenda.ts';
import { escapeHtml } from '../../core/screen/escape.ts';
import type { AgendaWords } from '../i18n/client/agenda.ts';
import { BREAK, orderQuery } from './present/order.ts';

/** A lesson in an agenda. Addresses include the base path. */
export interface AgendaLesson extends Taught {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly href: string;
  /** Its language, if that is not the page's. */
  readonly lang?: string | undefined;
  /** Whether it is on the core path. */
  readonly isCore: boolean;
  /** The section with which its second half begins, and the share of the time before it. */
  readonly half?:
    { readonly title: string; readonly href: string; readonly share: number } | undefined;
  /** The address of its presenter's view. */
  readonly present: string;
}

/** The rows of an agenda's table, as HTML. Presentations go on in the order of the agenda. */
export function agendaRows({ items }: Agenda<AgendaLesson>, words: AgendaWords): string {
  const order = items
    .filter(({ kind }) => kind !== 'left')
    .map((item) => (item.kind === 'lesson' ? item.lesson.id : BREAK));
  return items.map((item) => row(item, orderQuery(order), words)).join('');
}

function row(item: Item<AgendaLesson>, order: string, words: AgendaWords): string {
  const { kind, start, minutes } = item;
  const what = kind === 'lesson' ? lessonHtml(item.lesson, start, order, words) : words[kind];
  return `<tr class="${kind}"><th scope="row">${clock(start)}</th><td>${what}</td><td>${minutes}</td></tr>`;
}

function lessonHtml(
  { code, title, href, lang, half, present, minutes }: AgendaLesson,
  start: number,
  order: string,
  words: AgendaWords,
): string {
  const language = lang === undefined ? '' : ` lang="${escapeHtml(lang)}"`;
  const anchor = (to: string, text: string, attributes = '') =>
    `<a href="${escapeHtml(to)}"${attributes}>${escapeHtml(text)}</a>`;
  return [
    `<b>${escapeHtml(code)}</b> ${anchor(href, title, language)}`,
    ` <small>${anchor(`${present}${order}`, words.present, ` aria-label="${escapeHtml(`${words.present}: ${title}`)}"`)}</small>`,
    half === undefined
      ? ''
      : `<p>${words.half(clock(start + Math.round(half.share * minutes)))} ${anchor(half.href, half.title, language)}</p>`,
  ].join('');
}
