import { defineMdastPlugin, type MdastNode, type MdxJsxFlowElement } from 'satteri';
import { readFence, type Fence } from '../../core/lesson/fence.ts';
import { CHECK } from '../../core/lesson/task.ts';
import { predictionElement } from './predict.ts';
import { pairRows, type BlockKind } from './rows.ts';

type Blocks = MdxJsxFlowElement['children'];

/** Boxes in a lesson whose prose and steps are paired as well. */
const BOXES = ['YourTurn', 'Solution'];
/** Components that have the full width. */
const WIDE = [...BOXES, 'Hint', 'Predict'];

/**
 * Lays out a lesson in rows of introduction, screen and explanation; see `pairRows`. The lesson's
 * header, the component `Opening`, comes first. Must run before fences become components.
 */
export function rowsPlugin() {
  return defineMdastPlugin({
    name: 'rows',
    options: { position: true },
    mdxJsxFlowElement(node, context) {
      if (node.name !== null && BOXES.includes(node.name))
        context.setProperty(node, 'children', laidOut(node.children, context.source));
    },
    after(root, context) {
      // Front matter and imports are not text; the opening counts as the first paragraph.
      const text = root.children.filter(({ type }) => type !== 'yaml' && type !== 'mdxjsEsm');
      const rest = root.children.filter((node) => !text.includes(node));
      const opening = element('Opening', undefined, []);
      const rows = laidOut([opening, ...(text as Blocks)], context.source);
      context.setProperty(root, 'children', [...rest, ...rows]);
    },
  });
}

function laidOut(blocks: Readonly<Blocks>, source: string): Blocks {
  return pairRows(blocks, (block) => kindOf(block, source)).map((stretch) =>
    stretch.kind === 'alone'
      ? element('div', 'alone', withPredictions(stretch.blocks, source))
      : element('div', 'row', [
          ...part('before', stretch.before),
          ...part('shown', stretch.shown),
          ...part('after', stretch.after),
        ]),
  );
}

/** Predictions are wide, so they are alone. */
function withPredictions(blocks: Readonly<Blocks>, source: string): Blocks {
  return blocks.map(
    (block) => predictionElement(block, source, (inner) => laidOut(inner, source)) ?? block,
  );
}

function part(name: string, blocks: readonly Blocks[number][]): MdxJsxFlowElement[] {
  return blocks.length === 0 ? [] : [element('div', name, blocks)];
}

function kindOf(node: MdastNode, source: string): BlockKind {
  switch (node.type) {
    case 'heading':
      return 'heading';
    case 'paragraph':
      return 'text';
    case 'code':
      if (node.lang === CHECK) return 'wide';
      return isShown(readFence(node, source)) ? 'shown' : 'other';
    case 'mdxJsxFlowElement':
      return node.name !== null && WIDE.includes(node.name) ? 'wide' : 'other';
    default:
      return 'other';
  }
}

/** Options of steps that readers do not see. */
const HIDING = ['hide', 'wrong'];

/** Visible steps and files; code samples are part of the prose. */
function isShown({ kind, options }: Fence): boolean {
  return kind === 'step' ? !options.some(({ name }) => HIDING.includes(name)) : kind === 'file';
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
