import type { MdastNode } from 'satteri';
import { readOptions, type InfoFault, type FenceOption } from './info-string.ts';
import { lineOf, nodesBelow, startOf } from './mdast.ts';

/** A fenced code block of a lesson. */
export type Fence = FenceText & (StepFence | FileFence | { readonly kind: 'code' });

interface FenceText {
  readonly language: string;
  /** The info string after the language, as written. */
  readonly meta: string;
  /** The options in the info string; in a step, those after its id. */
  readonly options: readonly FenceOption[];
  /** The part of the info string that cannot be read, if any. */
  readonly fault?: InfoFault;
  /** The text between the fences, without its last line break. */
  readonly body: string;
  /** 1-based line of the opening fence. */
  readonly line: number;
}

/** Commands to type: the language is `console`. */
interface StepFence {
  readonly kind: 'step';
  /** As written, valid or not; undefined if there is none. */
  readonly id: string | undefined;
}

/** A file to write: it has the option `file`. */
interface FileFence {
  readonly kind: 'file';
  /** As written, valid or not; undefined if it cannot be read. */
  readonly path: string | undefined;
}

/** A line that opens or closes a fence. */
export interface FenceLine {
  /** Three or more backticks or tildes. */
  readonly marker: string;
  /** The first word after the marker; empty if there is none, as in a closing line. */
  readonly language: string;
  /** The text after the language, as written. */
  readonly meta: string;
}

/**
 * Reads the line of a fence (https://spec.commonmark.org/0.31.2/#fenced-code-blocks).
 * @param text the line, without its indentation
 * @returns undefined if the line is not a fence
 */
export function readFenceLine(text: string): FenceLine | undefined {
  const line = /^(`{3,}|~{3,})[ \t]*(\S*)[ \t]*([^\r\n]*)/.exec(text);
  const [, marker, language = '', meta = ''] = line ?? [];
  // Backticks followed by another backtick on the same line are prose.
  if (marker === undefined || (marker.startsWith('`') && (language + meta).includes('`')))
    return undefined;
  return { marker, language, meta };
}

/**
 * Reads a fence of a lesson and determines its kind: a step, a file or a code sample.
 * @param node from a tree with positions
 * @param source the text that the tree was read from. The node alone is not enough: Markdown
 *   removes backslashes from its options, which changes regular expressions
 */
export function readFence(node: Extract<MdastNode, { type: 'code' }>, source: string): Fence {
  const meta = readFenceLine(source.slice(startOf(node)))?.meta ?? '';
  const read = readOptions(meta);
  const text = { language: node.lang ?? '', meta, ...read, body: node.value, line: lineOf(node) };
  const [first, ...rest] = read.options;
  if (node.lang === 'console')
    return first === undefined || first.value !== undefined
      ? { ...text, kind: 'step', id: undefined }
      : { ...text, kind: 'step', id: first.name, options: rest };
  const file = read.options.find(({ name, value }) => name === 'file' && value !== undefined);
  if (file === undefined && !/(?:^|\s)file=/.test(read.fault?.found ?? ''))
    return { ...text, kind: 'code' };
  const path = file?.value?.kind === 'regex' ? undefined : file?.value?.text;
  return { ...text, kind: 'file', path };
}

/** The fences below a node, in the order of the text; see `readFence`. */
export function fencesBelow(node: MdastNode, source: string): Fence[] {
  return [...nodesBelow(node)].flatMap((below) =>
    below.type === 'code' ? [readFence(below, source)] : [],
  );
}

/**
 * Puts a text into a fence that nothing in the text can close.
 * @param info the info string of the fence
 */
export function fenced(text: string, info: string): string {
  const runs = Array.from(text.matchAll(/`{3,}/g), ([run]) => run.length);
  const marker = '`'.repeat(Math.max(2, ...runs) + 1);
  const end = text === '' || text.endsWith('\n') ? '' : '\n';
  return `${marker}${info}\n${text}${end}${marker}`;
}
