import { defineMdastPlugin } from 'satteri';

/**
 * Steps and sections share the addresses of a page, and a step's comes first: it is its name. A heading that would get
 * the same one is told apart.
 */
export function headingIdsPlugin() {
  return defineMdastPlugin({
    name: 'heading-ids',
    before(_root, context) {
      context.data['stepIds'] = stepIdsIn(context.source);
    },
    heading(node, context) {
      const id = slug(context.textContent(node));
      if ((context.data['stepIds'] as ReadonlySet<string>).has(id))
        context.setProperty(node, 'data', { hProperties: { id: `${id}-section` } });
    },
  });
}

function stepIdsIn(source: string): Set<string> {
  return new Set(Array.from(source.matchAll(/^\s*`{3,}console +(\S+)/gm), ([, id]) => id ?? ''));
}

/** As GitHub does it, for texts whose id could be that of a step. */
function slug(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\- _]/gu, '')
    .replaceAll(' ', '-');
}
