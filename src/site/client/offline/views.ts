/** A page of the site in the single HTML file. */
export interface View {
  readonly name: string;
  readonly element: HTMLElement;
}

/**
 * Removes the pages from the document, which then contains one at a time, so that scripts work as
 * on the site. Without scripts, the file shows all pages one after another, with ids prefixed by
 * the page's name and a dot.
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
    // Links within a page: the script that tracks the current section looks them up by id.
    for (const link of element.querySelectorAll<HTMLAnchorElement>(`a[href^="#${name}."]`))
      link.setAttribute('href', `#${link.hash.slice(name.length + 2)}`);
    views.set(name, { name, element });
  }
  return { place, views };
}

/**
 * The place in the file for an address: `#run.first-run`, `#run` or, on the open page,
 * `#first-run`. Addresses of the site work as well: `#/lessons/run/#first-run`, `#/commands/`.
 * Without a hash, it is the first page.
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

/** Decodes a hash; one typed by hand may contain an invalid percent sign. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
