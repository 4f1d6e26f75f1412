import { defineMdastPlugin, type MdastNode, type MdastPluginEntry } from 'satteri';
import { childrenOf } from '../../core/lesson/mdast.ts';
import { answerParts, isAnswer } from '../../core/lesson/predictions.ts';
import { termFinder, type Term } from '../../core/reference/glossary.ts';

/** Nodes in which terms are not linked: headings, other links, quotations. */
const CLOSED = new Set(['heading', 'link', 'linkReference', 'table', 'blockquote', 'definition']);

/**
 * Links each term of the glossary at its first occurrence in the running prose of a text.
 * @param terms called for each text, so that new terms appear during development
 * @param applies whether terms are linked in a file
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
          // What readers choose is not a link.
          for (const child of isAnswer(node) ? answerParts(node).why : childrenOf(node)) {
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
