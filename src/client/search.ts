import { loadPagefind } from './pagefind.ts';
import { pieces } from './excerpt.ts';
import { SEARCH_WORDS } from '../i18n/client/search.ts';
import { languageOf } from './words.ts';

/** What of Pagefind's interface is used: https://pagefind.app/docs/api/ */
export interface Pagefind {
  options(options: { baseUrl: string; excerptLength: number }): Promise<void>;
  init(): Promise<void>;
  debouncedSearch(query: string): Promise<{ results: { data(): Promise<Hit> }[] } | null>;
}
export interface Hit {
  readonly url: string;
  readonly excerpt: string;
  readonly meta: {
    readonly title?: string;
    readonly code?: string;
    readonly step?: string;
  };
  readonly sub_results?: readonly {
    readonly title: string;
    readonly url: string;
    readonly excerpt: string;
  }[];
}

/** Results that are shown: more is a reason to type another word. */
const SHOWN = 12;

let dialog: HTMLDialogElement | undefined;

/** Opens the search dialog; the index is loaded by its first opening. */
export function openSearch(): void {
  dialog ??= createDialog();
  if (!dialog.open) dialog.showModal();
  dialog.querySelector('input')?.select();
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

  const engine = loadPagefind();
  let latest = 0;
  input.addEventListener('input', () => {
    const query = input.value.trim();
    const asked = ++latest;
    void engine.then(
      async (pagefind) => {
        const hits = query === '' ? [] : await find(pagefind, query);
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

/** Undefined if the reader has typed on since. */
async function find(pagefind: Pagefind, query: string): Promise<Hit[] | undefined> {
  const found = await pagefind.debouncedSearch(query);
  return found === null
    ? undefined
    : Promise.all(found.results.slice(0, SHOWN).map((result) => result.data()));
}

function resultItem(hit: Hit): HTMLLIElement {
  const item = document.createElement('li');
  const section = hit.meta.step === undefined ? hit.sub_results?.[0] : undefined;
  const link = document.createElement('a');
  link.href = section?.url ?? hit.url;
  const place = document.createElement('span');
  place.className = 'place';
  place.textContent = [hit.meta.code, hit.meta.title, hit.meta.step ?? section?.title]
    .filter(Boolean)
    .join(' · ');
  const excerpt = document.createElement('span');
  excerpt.className = hit.meta.step === undefined ? 'excerpt' : 'excerpt mono';
  for (const { text, hit: marked } of pieces(section?.excerpt ?? hit.excerpt)) {
    const node = document.createElement(marked ? 'mark' : 'span');
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
