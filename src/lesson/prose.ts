import { mdxToMdast } from 'satteri';

/** A part of a paragraph: text, or what is set as code. */
export interface ProsePart {
  readonly text: string;
  readonly code: boolean;
}

/** A paragraph or a heading, without its other markup. */
export type Prose = readonly ProsePart[];

/** So many paragraphs before and after a step are read with it. */
const NEAR = 2;

interface Node {
  readonly type: string;
  readonly position?: { readonly start: { readonly line: number } };
  readonly children?: readonly Node[];
  readonly value?: string;
  readonly name?: string | null;
  readonly attributes?: readonly { readonly name?: string; readonly value?: unknown }[];
}

/**
 * The prose around a step: what a reader reads right before and after it, up to the next fence.
 * @param source the text of a lesson that can be read
 * @param line 1-based line of the step's opening fence
 */
export function proseAround(source: string, line: number): { before: Prose[]; after: Prose[] } {
  const before: Prose[] = [];
  const after: Prose[] = [];
  let seen = false;
  for (const node of flow(mdxToMdast(source) as Node)) {
    if (node.type === 'code') {
      if (seen) break;
      seen = node.position?.start.line === line;
      if (!seen) before.length = 0;
    } else (seen ? after : before).push(partsOf(node).filter(({ text }) => text !== ''));
  }
  return seen
    ? { before: before.slice(-NEAR), after: after.slice(0, NEAR) }
    : { before: [], after: [] };
}

/** Paragraphs, headings and fences in the order of the file, also those inside lists and components. */
function* flow(node: Node): Generator<Node> {
  for (const child of node.children ?? []) {
    // A component on one line holds its text without a paragraph.
    const holdsText = child.children?.some(({ type }) => type === 'text') ?? false;
    if (holdsText || ['paragraph', 'heading', 'code'].includes(child.type)) yield child;
    else yield* flow(child);
  }
}

function partsOf(node: Node): ProsePart[] {
  if (node.type === 'text') return [{ text: (node.value ?? '').replace(/\s+/g, ' '), code: false }];
  if (node.type === 'inlineCode') return [{ text: node.value ?? '', code: true }];
  if (node.type === 'break') return [{ text: ' ', code: false }];
  if (node.name === 'Measured') {
    const name = node.attributes?.find((attribute) => attribute.name === 'name')?.value;
    return [{ text: typeof name === 'string' ? name : '…', code: true }];
  }
  return (node.children ?? []).flatMap(partsOf);
}
