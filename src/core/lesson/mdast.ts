import type { MdastNode } from 'satteri';

/**
 * All descendants of a node of a Markdown tree (https://github.com/syntax-tree/mdast), in text
 * order.
 */
export function* nodesBelow(node: MdastNode): Generator<MdastNode> {
  for (const child of childrenOf(node)) {
    yield child;
    yield* nodesBelow(child);
  }
}

/** The children of a node. */
export function childrenOf(node: MdastNode): readonly MdastNode[] {
  return 'children' in node ? node.children : [];
}

/**
 * Offset at which a node's text begins in its file, in UTF-16 code units.
 * @throws {Error} if the tree has no positions; a plugin has to request them
 */
export function startOf(node: MdastNode): number {
  return placeOf(node).start.offset ?? 0;
}

/**
 * Offset at which a node's text ends in its file; see `startOf`.
 * @throws {Error} as `startOf` does
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

/** Whether a node contains a link to an external page, which may support a claim. */
export function cites(node: MdastNode): boolean {
  return ('url' in node && /^https?:/.test(node.url)) || childrenOf(node).some(cites);
}

/** A use of a component, with those of its attributes that are plain strings. */
export interface Component {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** A component in the prose of a lesson. */
export interface ComponentUse extends Component {
  readonly line: number;
  /** Whether its text links to an external page, which may support a claim. */
  readonly cites: boolean;
}

/** The component that a node represents; undefined for any other node. */
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
