import { loadEngine } from './pagefind.ts';
import type { Place } from './search-places.ts';
import { SEARCH_WORDS } from '../i18n/client/search.ts';
import { languageOf } from './words.ts';

/**
 * Finds the places of a text, best first, at most as many as are wanted. Undefined if it was asked for another text
 * meanwhile.
 */
export type SearchEngine = (query: string, most: number) => Promise<readonly Place[] | undefined>;

/** Results that are shown: more is a reason to type another word. */
const SHOWN = 12;

let dialog: HTMLDialogElement | undefined;

/**
 * Opens the search dialog; the index is loaded by its first opening.
 * @param typed what to search for at once
 */
export function openSearch(typed: string): void {
  dialog ??= createDialog();
  if (!dialog.open) dialog.showModal();
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
  const box = document.createElement('dialog');
  box.className = 'search';
  box.setAttribute('aria-label', words.name);
  const input = document.createElement('input');
  input.type = 'search';
  input.placeholder = 'docker rm';
  input.setAttribute('aria-label', words.field);
  const status = document.createElement('p');
  status.setAttribute('role', 'status');
  status.textContent = words.hint;
  const list = document.createElement('ol');
  box.append(input, status, list);
  document.body.append(box);

  const engine = loadEngine();
  let latest = 0;
  input.addEventListener('input', () => {
    const query = input.value.trim();
    const asked = ++latest;
    void engine.then(
      async (find) => {
        const hits = query === '' ? [] : await find(query, SHOWN);
        if (hits === undefined || asked !== latest) return;
        status.textContent =
          query === '' ? words.empty : words.found(hits.length, hits.length < SHOWN);
        list.replaceChildren(...hits.map(resultItem));
      },
      () => (status.textContent = words.absent),
    );
  });
  box.addEventListener('keydown', (event) => moveFocus(event, box));
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') list.querySelector('a')?.click();
  });
  box.addEventListener('click', (event) => {
    const chosen = event.target instanceof Element && event.target.closest('a') !== null;
    if (chosen || event.target === box) box.close();
  });
  return box;
}

function resultItem({ url, names, step, excerpt: found }: Place): HTMLLIElement {
  const item = document.createElement('li');
  const link = document.createElement('a');
  link.href = url;
  const place = document.createElement('span');
  place.className = 'place';
  place.textContent = names.join(' · ');
  const excerpt = document.createElement('span');
  excerpt.className = step ? 'excerpt mono' : 'excerpt';
  for (const { text, hit } of found) {
    const node = document.createElement(hit ? 'mark' : 'span');
    node.textContent = text;
    excerpt.append(node);
  }
  link.append(place, excerpt);
  item.append(link);
  return item;
}

/** Arrow keys walk from the field through the results and back. */
function moveFocus(event: KeyboardEvent, box: HTMLElement): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const stops = [...box.querySelectorAll<HTMLElement>('input, a')];
  const at =
    stops.indexOf(document.activeElement as HTMLElement) + (event.key === 'ArrowDown' ? 1 : -1);
  stops[Math.min(Math.max(at, 0), stops.length - 1)]?.focus();
  event.preventDefault();
}
