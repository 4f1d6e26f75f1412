import { defineMdastPlugin, type MdastNode, type MdastPluginEntry } from 'satteri';
import { childrenOf } from '../../core/lesson/mdast.ts';
import { termFinder, type Term } from '../../core/reference/glossary.ts';

/** In what a term is not linked: titles, other links, what only quotes. */
const CLOSED = new Set(['heading', 'link', 'linkReference', 'table', 'blockquote', 'definition']);

/**
 * Links the terms of the glossary, each where a text first names it in running prose.
 * @param terms read anew for each text, so that a new term shows up while lessons are written
 * @param applies whether a file's text has its terms linked
 */
export function glossaryPlugin(
  terms: () => readonly Term[],
  applies: (file: URL | undefined) => boolean,
): MdastPluginEntry {
  return ({ fileURL }) => {
    if (!applies(fileURL)) return null;
    const find = termFinder(terms());
    return defineMdastPlugin({
      name: 'glossary',
      before(root, context) {
        const visit = (node: MdastNode): void => {
          if (CLOSED.has(node.type)) return;
          for (const child of childrenOf(node)) {
            if (child.type !== 'text') {
              visit(child);
              continue;
            }
            const stretches = find(child.value);
            if (stretches.every(({ term }) => term === undefined)) continue;
            context.replaceNode(
              child,
              stretches.map(({ text, term }) =>
                term === undefined
                  ? { type: 'text', value: text }
                  : {
                      type: 'link',
                      url: `/glossary/#${term.id}`,
                      children: [{ type: 'text', value: text }],
                    },
              ),
            );
          }
        };
        visit(root);
      },
    });
  };
}
