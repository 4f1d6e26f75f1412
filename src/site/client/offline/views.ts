/** A page of the site in the one file. */
export interface View {
  readonly name: string;
  readonly element: HTMLElement;
}

/**
 * Takes the pages out of the document: one at a time is in it, so that scripts find what they find on the site.
 * Without scripts all pages stand in the file one after another, and a page's name and a dot are before each id.
 */
export function takeViews(): {
  readonly place: HTMLElement;
  readonly views: ReadonlyMap<string, View>;
} {
  const place = document.createElement('div');
  const views = new Map<string, View>();
  const all = [...document.querySelectorAll<HTMLElement>('[data-view]')];
  all[0]?.before(place);
  for (const element of all) {
    const name = element.dataset['view'] ?? '';
    element.remove();
    for (const attribute of ['id', 'aria-labelledby', 'aria-controls', 'for'])
      for (const owner of element.querySelectorAll(`[${attribute}^="${name}."]`))
        owner.setAttribute(
          attribute,
          (owner.getAttribute(attribute) ?? '')
            .split(' ')
            .map((id) => id.replace(`${name}.`, ''))
            .join(' '),
        );
    // Links within a page: what follows the reader through it looks for them by their ids.
    for (const link of element.querySelectorAll<HTMLAnchorElement>(`a[href^="#${name}."]`))
      link.setAttribute('href', `#${link.hash.slice(name.length + 2)}`);
    views.set(name, { name, element });
  }
  return { place, views };
}

/**
 * A place in the file, as the address names it: `#run.first-run`, `#run`, or on the page that is open `#first-run`. The
 * addresses of the site are known as well: `#/lessons/run/#first-run`, `#/commands/`. Without a hash it is the first page.
 */
export function placeOf(
  hash: string,
  views: ReadonlyMap<string, unknown>,
): { readonly view?: string; readonly anchor: string } {
  const name = decoded(hash.replace(/^#/, ''));
  const [, path = name, after = ''] = /^\/?([^#.]*?)\/?(?:[#.](.*))?$/s.exec(name) ?? [];
  const view = viewOf(path, name === '' || name.startsWith('/'), views);
  return view === undefined ? { anchor: name } : { view, anchor: after };
}

function viewOf(
  path: string,
  whole: boolean,
  views: ReadonlyMap<string, unknown>,
): string | undefined {
  const lesson = path.replace(/^lessons\//, '');
  const known = [lesson, `_${lesson}`].find((name) => views.has(name));
  if (known !== undefined) return known;
  return whole && path === '' ? '_start' : undefined;
}

/** What was typed by hand may hold a percent sign that stands for nothing. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
