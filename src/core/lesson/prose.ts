import { mdxToMdast, type MdastNode } from 'satteri';
import { childrenOf, cites, componentOf, lineOf } from './mdast.ts';

/** A part of a paragraph: plain text or inline code. */
export interface ProsePart {
  readonly text: string;
  readonly code: boolean;
}

/** A paragraph or a heading without any markup except inline code. */
export type Prose = readonly ProsePart[];

/** A paragraph, heading or table cell of a lesson. */
export interface Paragraph {
  /** 1-based line on which it begins. */
  readonly line: number;
  readonly prose: Prose;
  /** Whether it links to an external page, which may support its claim. */
  readonly cites: boolean;
}

/** Number of paragraphs returned before and after a step. */
const NEAR = 2;

/**
 * The prose right before and after a step, up to the neighboring fences.
 * @param source the text of a lesson that parses
 * @param line 1-based line of the step's opening fence
 */
export function proseAround(source: string, line: number): { before: Prose[]; after: Prose[] } {
  const before: Prose[] = [];
  const after: Prose[] = [];
  let seen = false;
  for (const node of flow(mdxToMdast(source))) {
    if (node.type === 'code') {
      if (seen) break;
      seen = lineOf(node) === line;
      if (!seen) before.length = 0;
    } else (seen ? after : before).push(proseOf(node));
  }
  return seen
    ? { before: before.slice(-NEAR), after: after.slice(0, NEAR) }
    : { before: [], after: [] };
}

/** All prose of a lesson, in file order, without fences. The text must parse. */
export function paragraphsOf(source: string): Paragraph[] {
  return [...flow(mdxToMdast(source))]
    .filter(({ type }) => type !== 'code')
    .map((node) => ({ line: lineOf(node), prose: proseOf(node), cites: cites(node) }));
}

/** Paragraphs, headings and fences, including those in lists and components, in file order. */
function* flow(node: MdastNode): Generator<MdastNode> {
  for (const child of childrenOf(node)) {
    // A one-line component contains its text directly, without a paragraph.
    const holdsText = childrenOf(child).some(({ type }) => type === 'text');
    if (holdsText || ['paragraph', 'heading', 'code'].includes(child.type)) yield child;
    else yield* flow(child);
  }
}

function proseOf(node: MdastNode): Prose {
  return partsOf(node).filter(({ text }) => text !== '');
}

function partsOf(node: MdastNode): ProsePart[] {
  if (node.type === 'text') return [{ text: node.value.replace(/\s+/g, ' '), code: false }];
  if (node.type === 'inlineCode') return [{ text: node.value, code: true }];
  if (node.type === 'break') return [{ text: ' ', code: false }];
  const component = componentOf(node);
  if (component?.name === 'Measured')
    return [
      { text: component.attributes['name'] ?? component.attributes['of'] ?? '…', code: true },
    ];
  const parts = childrenOf(node).flatMap(partsOf);
  return component?.name === 'code' ? parts.map(({ text }) => ({ text, code: true })) : parts;
}
