import { defineMdastPlugin, type MdastNode, type MdxJsxFlowElement } from 'satteri';
import { readFence } from '../../core/lesson/fence.ts';
import { pairRows, type BlockKind } from './rows.ts';

type Blocks = MdxJsxFlowElement['children'];

/** Boxes in a lesson that take the whole width; the prose and the steps in them are paired as well. */
const WIDE = ['YourTurn', 'Solution'];

/**
 * Lays out a lesson in rows: what announces a screen, the screen, what explains it; see `pairRows`. The lesson's head, the
 * component `Opening`, comes first. It has to run before fences become components.
 */
export function rowsPlugin() {
  return defineMdastPlugin({
    name: 'rows',
    mdxJsxFlowElement(node, context) {
      if (node.name !== null && WIDE.includes(node.name))
        context.setProperty(node, 'children', laidOut(node.children));
    },
    after(root, context) {
      // Front matter and imports are no part of the text; the opening counts as its first paragraph.
      const text = root.children.filter(({ type }) => type !== 'yaml' && type !== 'mdxjsEsm');
      const rest = root.children.filter((node) => !text.includes(node));
      const opening = element('Opening', undefined, []);
      context.setProperty(root, 'children', [...rest, ...laidOut([opening, ...(text as Blocks)])]);
    },
  });
}

function laidOut(blocks: Readonly<Blocks>): Blocks {
  return pairRows(blocks, kindOf).map((stretch) =>
    stretch.kind === 'alone'
      ? element('div', 'alone', stretch.blocks)
      : element('div', 'row', [
          ...part('before', stretch.before),
          ...part('shown', stretch.shown),
          ...part('after', stretch.after),
        ]),
  );
}

function part(name: string, blocks: readonly Blocks[number][]): MdxJsxFlowElement[] {
  return blocks.length === 0 ? [] : [element('div', name, blocks)];
}

function kindOf(node: MdastNode): BlockKind {
  switch (node.type) {
    case 'heading':
      return 'heading';
    case 'paragraph':
      return 'text';
    case 'code':
      return isShown(node.lang ?? '', node.meta ?? '') ? 'shown' : 'other';
    case 'mdxJsxFlowElement':
      return node.name !== null && WIDE.includes(node.name) ? 'wide' : 'other';
    default:
      return 'other';
  }
}

/** Steps that are not hidden, and files; a sample of code is a part of the prose. */
function isShown(language: string, meta: string): boolean {
  if (language !== 'console') return /(?:^|\s)file=/.test(meta);
  return !readFence(meta).entries.some(({ name }) => name === 'hide');
}

function element(
  name: string,
  className: string | undefined,
  children: readonly Blocks[number][],
): MdxJsxFlowElement {
  const attributes =
    className === undefined
      ? []
      : [{ type: 'mdxJsxAttribute' as const, name: 'class', value: className }];
  return { type: 'mdxJsxFlowElement', name, attributes, children: [...children] };
}
