import type { MdastNode } from 'satteri';

/**
 * All nodes below a node of a Markdown tree (https://github.com/syntax-tree/mdast), in the order of
 * the text.
 */
export function* nodesBelow(node: MdastNode): Generator<MdastNode> {
  for (const child of childrenOf(node)) {
    yield child;
    yield* nodesBelow(child);
  }
}

/** The nodes right below a node. */
export function childrenOf(node: MdastNode): readonly MdastNode[] {
  return 'children' in node ? node.children : [];
}

/**
 * Where a node's text begins in its file, in UTF-16 units.
 * @throws {Error} if the tree was read without positions: a plugin has to ask for them
 */
export function startOf(node: MdastNode): number {
  return placeOf(node).start.offset ?? 0;
}

/**
 * Where a node's text ends in its file; see `startOf`.
 * @throws {Error} likewise
 */
export function endOf(node: MdastNode): number {
  return placeOf(node).end.offset ?? 0;
}

/**
 * 1-based line on which a node's text begins.
 * @throws {Error} as `startOf` does
 */
export function lineOf(node: MdastNode): number {
  return placeOf(node).start.line;
}

function placeOf({ type, position }: MdastNode): NonNullable<MdastNode['position']> {
  if (position === undefined) throw new Error(`a node (${type}) has no position in its text`);
  return position;
}

/** A component as a text uses it, with those of its attributes that are plain texts. */
export interface Component {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What component a node is; undefined for any other node. */
export function componentOf(node: MdastNode): Component | undefined {
  if (node.type !== 'mdxJsxFlowElement' && node.type !== 'mdxJsxTextElement') return undefined;
  if (node.name === null) return undefined;
  const attributes = node.attributes.flatMap((attribute) =>
    attribute.type === 'mdxJsxAttribute' && typeof attribute.value === 'string'
      ? [[attribute.name, attribute.value] as const]
      : [],
  );
  return { name: node.name, attributes: Object.fromEntries(attributes) };
}
