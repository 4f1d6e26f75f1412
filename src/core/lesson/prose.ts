import { mdxToMdast, type MdastNode } from 'satteri';
import { childrenOf, componentOf, lineOf } from './mdast.ts';

/** A part of a paragraph: text, or what is set as code. */
export interface ProsePart {
  readonly text: string;
  readonly code: boolean;
}

/** A paragraph or a heading, without its other markup. */
export type Prose = readonly ProsePart[];

/** One of a lesson's paragraphs, headings or cells of a table. */
export interface Paragraph {
  /** 1-based line on which it begins. */
  readonly line: number;
  readonly prose: Prose;
  /** Whether it links to a page of somebody else, which may say what it says. */
  readonly cites: boolean;
}

/** So many paragraphs before and after a step are read with it. */
const NEAR = 2;

/**
 * The prose around a step: what a reader reads right before and after it, up to the next fence.
 * @param source the text of a lesson that can be read
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

/** All prose of a lesson, in the order of its file, without its fences. @param source the text of a lesson that can be read */
export function paragraphsOf(source: string): Paragraph[] {
  return [...flow(mdxToMdast(source))]
    .filter(({ type }) => type !== 'code')
    .map((node) => ({ line: lineOf(node), prose: proseOf(node), cites: cites(node) }));
}

/** Paragraphs, headings and fences in the order of the file, also those inside lists and components. */
function* flow(node: MdastNode): Generator<MdastNode> {
  for (const child of childrenOf(node)) {
    // A component on one line holds its text without a paragraph.
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
    return [{ text: component.attributes['name'] ?? '…', code: true }];
  return childrenOf(node).flatMap(partsOf);
}

function cites(node: MdastNode): boolean {
  return ('url' in node && /^https?:/.test(node.url)) || childrenOf(node).some(cites);
}
