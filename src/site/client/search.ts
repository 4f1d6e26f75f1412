import { button, element } from './element.ts';
import { loadEngine } from './pagefind.ts';
import type { Answer, Place } from './search-places.ts';
import { SEARCH_WORDS, type SearchWords } from '../i18n/client/search.ts';
import { languageOf } from './words.ts';

/** Maximum number of results shown; for more, readers can refine the query. */
const SHOWN = 12;

/** Minimum length of a word that is reported as not found; "vs" and the like are ignored. */
const REPORTED = 4;

/** The dialog's return value if it was closed by a result. */
const CHOSEN = 'chosen';

let dialog: HTMLDialogElement | undefined;

/**
 * Opens the search dialog; the index is loaded the first time.
 * @param typed the initial query
 */
export function openSearch(typed: string): void {
  dialog ??= createDialog();
  if (!dialog.open) {
    dialog.returnValue = '';
    dialog.showModal();
  }
  const input = dialog.querySelector('input');
  if (typed === '') {
    input?.select();
  } else if (input) {
    input.value = typed;
    input.dispatchEvent(new Event('input'));
  }
}

function createDialog(): HTMLDialogElement {
  const words = SEARCH_WORDS[languageOf(document.documentElement)];
  const input = element('input', {
    // Not "search", which would consume the first Escape.
    type: 'text',
    enterKeyHint: 'search',
    autocomplete: 'off',
    autocapitalize: 'none',
    spellcheck: false,
    placeholder: 'docker rm',
    ariaLabel: words.field,
  });
  const close = button('×', () => box.close(), { ariaLabel: words.close });
  const bar = element('div', {}, input, close);
  const status = element('p', { role: 'status' }, words.hint);
  const list = element('ol');
  const box = element('dialog', { className: 'search', ariaLabel: words.name }, bar, status, list);
  document.body.append(box);

  const engine = loadEngine();
  let latest = 0;
  let answered = 0;
  /** Enter was pressed before the results arrived. */
  let isEntered = false;
  const openFirst = () => list.querySelector('a')?.click();
  input.addEventListener('input', () => {
    const query = input.value.trim();
    const asked = ++latest;
    isEntered = false;
    void engine.then(
      async (find) => {
        const answer = query === '' ? undefined : await find(query, SHOWN);
        if (asked !== latest || (answer === undefined && query !== '')) return;
        status.textContent = answer === undefined ? words.empty : said(answer, words);
        list.replaceChildren(...(answer?.places ?? []).map(resultItem));
        answered = asked;
        if (isEntered) openFirst();
        isEntered = false;
      },
      () => (status.textContent = words.absent),
    );
  });
  box.addEventListener('keydown', (event) => moveFocus(event, box));
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    if (answered === latest) openFirst();
    else isEntered = true;
  });
  box.addEventListener('click', (event) => {
    const chosen = event.target instanceof Element && event.target.closest('a') !== null;
    if (chosen) box.close(CHOSEN);
    else if (event.target === box) box.close();
  });
  box.addEventListener('close', () => {
    isEntered = false;
    // The reader continues at the result.
    if (box.returnValue === CHOSEN) return;
    // Browsers that do not focus a pressed button cannot restore the focus to it.
    if (document.activeElement === document.body)
      document.querySelector<HTMLElement>('[data-search]')?.focus({ preventScroll: true });
  });
  return box;
}

/**
 * The status line, also for screen readers: how the query was interpreted, and the number of
 * results.
 */
function said({ places, corrected, unknown }: Answer, words: SearchWords): string {
  if (places.length === 0) return words.found(0, true);
  return [
    ...unknown.filter((word) => word.length >= REPORTED).map((word) => words.unknown(word)),
    ...corrected.map(({ typed, word }) => words.corrected(typed, word)),
    words.found(places.length, places.length < SHOWN),
  ].join(' ');
}

function resultItem({ url, names, printed, excerpt: found }: Place): HTMLLIElement {
  const place = element('span', { className: 'place' }, names.join(' · '));
  const excerpt = element(
    'span',
    { className: printed ? 'excerpt mono' : 'excerpt' },
    ...found.map(({ text, hit }) => element(hit ? 'mark' : 'span', {}, text)),
  );
  return element('li', {}, element('a', { href: url }, place, excerpt));
}

/** Lets arrow keys move from the field through the results and back. */
function moveFocus(event: KeyboardEvent, box: HTMLElement): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const stops = [...box.querySelectorAll<HTMLElement>('input, li a')];
  const at =
    stops.indexOf(document.activeElement as HTMLElement) + (event.key === 'ArrowDown' ? 1 : -1);
  stops[Math.min(Math.max(at, 0), stops.length - 1)]?.focus();
  event.preventDefault();
}
