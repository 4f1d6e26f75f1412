import { defineMdastPlugin, type MdastPluginEntry, type MdxJsxTextElement } from 'satteri';
import { quotesBelow } from '../../core/lesson/quotes.ts';
import { readText } from '../../core/lesson/parse.ts';

/**
 * Makes each quote of a screen a component with its number among the quotes of the text. What it is
 * linked to depends on the recordings, which the page knows. Must run first, on the tree of the
 * text.
 */
export function quotesPlugin(): MdastPluginEntry {
  return ({ fileURL }) => {
    if (fileURL === undefined) return null;
    return defineMdastPlugin({
      name: 'quotes',
      options: { position: true },
      before(root, context) {
        const { blocks = [] } = readText(context.source, fileURL.pathname);
        for (const [index, { node }] of quotesBelow(root, context.source, { blocks }).entries())
          if (node.type === 'inlineCode') context.replaceNode(node, quoteOf(String(index), node));
      },
    });
  };
}

function quoteOf(index: string, code: MdxJsxTextElement['children'][number]): MdxJsxTextElement {
  const attributes = [{ type: 'mdxJsxAttribute' as const, name: 'index', value: index }];
  return { type: 'mdxJsxTextElement', name: 'Quote', attributes, children: [code] };
}
