import { mdxToMdast } from 'satteri';
import { readFrontMatter } from './front-matter.ts';
import { ID, ID_RULE } from './id.ts';
import type { Block, Lesson } from './model.ts';
import type { Problem } from './problem.ts';
import { readStep } from './step.ts';
import { openFences } from './open-fences.ts';
import { readSourceFile } from './source-file.ts';
import { componentFaults, type ComponentUse } from './components.ts';
import { REFERENCE } from './command-help.ts';

/** The part of a Markdown tree that a lesson is read from (https://github.com/syntax-tree/mdast). */
interface Node {
  readonly type: string;
  readonly position?: { readonly start: { readonly line: number } };
  readonly children?: readonly Node[];
  readonly value?: string;
  readonly lang?: string | null;
  readonly name?: string | null;
  readonly attributes?: readonly {
    readonly type: string;
    readonly name?: string;
    readonly value?: unknown;
  }[];
}

/**
 * Reads a lesson file. All problems of the file are found at once, so that an author fixes them in one
 * go; with any problem there is no lesson.
 * @param source the file's text
 * @param file its path as the author knows it; the lesson's id is its name without `.mdx`
 */
export function parseLesson(
  source: string,
  file: string,
): { lesson?: Lesson; problems: Problem[] } {
  const { id, yaml, blocks, problems, report } = readText(source, file);
  const head = blocks && readFrontMatter(yaml?.text, yaml?.line ?? 1, report);
  problems.sort((a, b) => a.line - b.line);
  if (problems.length > 0 || head === undefined || blocks === undefined) return { problems };
  return { lesson: { id, file, ...head, blocks }, problems };
}

/** A lesson's text, or that of its translation, before its front matter is read. */
export interface LessonText {
  readonly id: string;
  /** The front matter and the 1-based line of its first line, if there is any. */
  readonly yaml: { readonly text: string; readonly line: number } | undefined;
  /** Absent if the text is no valid MDX. */
  readonly blocks: readonly Block[] | undefined;
  /** What is wrong so far; `report` adds to it. */
  readonly problems: Problem[];
  readonly report: (problem: Omit<Problem, 'file'>) => void;
}

/** Reads what lessons and translations have in common: the name of the file, and the blocks. */
export function readText(text: string, file: string): LessonText {
  // Markdown ends lines at any of the three; what is typed, and the line numbers, are to be the same for all.
  const source = text.replace(/\r\n?/g, '\n');
  const problems: Problem[] = [];
  const report = (problem: Omit<Problem, 'file'>) => void problems.push({ file, ...problem });
  const id = file.replace(/^.*[/\\]/, '').replace(/\.mdx$/, '');
  if (!ID.test(id))
    report({
      line: 1,
      title: "the file's name is no lesson id",
      found: id,
      hint: `use ${ID_RULE}: it becomes the address of the page`,
    });
  if (id === REFERENCE)
    report({
      line: 1,
      title: `the name ${id} is taken`,
      found: 'the recorded help of all commands has it',
      hint: 'choose another name for the lesson',
    });

  const open = openFences(source);
  for (const { line, marker, next } of open)
    report({
      line,
      title: 'a fence is not closed',
      found: next === undefined ? 'the end of the file' : `another fence opens in line ${next}`,
      hint: `end it with a line ${marker}`,
    });
  // What Markdown makes of the rest would only hide that.
  if (open.length > 0) return { id, yaml: undefined, blocks: undefined, problems, report };

  const tree = readTree(source, report);
  if (tree === undefined) return { id, yaml: undefined, blocks: undefined, problems, report };
  const yaml = tree.children?.find((node) => node.type === 'yaml');

  const sourceLines = source.split('\n');
  const blocks: Block[] = [];
  const uses: ComponentUse[] = [];
  for (const node of walk(tree)) {
    const line = node.position?.start.line ?? 1;
    if (node.type === 'code') {
      const fence = {
        language: node.lang ?? '',
        meta: rawMeta(sourceLines[line - 1] ?? ''),
        body: node.value ?? '',
        line,
      };
      const block =
        fence.language === 'console'
          ? readStep(fence, blocks, report)
          : readSourceFile(fence, report);
      if (block !== undefined) blocks.push(block);
    } else if (node.name != null)
      uses.push({ name: node.name, line, attributes: texts(node.attributes ?? []) });
  }
  componentFaults(uses, blocks).forEach(report);
  return {
    id,
    yaml: yaml && { text: yaml.value ?? '', line: (yaml.position?.start.line ?? 0) + 1 },
    blocks,
    problems,
    report,
  };
}

function readTree(
  source: string,
  report: (problem: Omit<Problem, 'file'>) => void,
): Node | undefined {
  try {
    return mdxToMdast(source) as Node;
  } catch (error) {
    // The parser's message begins with `line:column: ` and names what it wanted.
    const message = error instanceof Error ? error.message : String(error);
    const [, line = '1', text = message] =
      /^(\d+):\d+: (.*?)(?: \([\w-]+:[\w-]+\))?$/s.exec(message) ?? [];
    report({
      line: Number(line),
      title: 'the file is not valid MDX',
      found: text,
      hint: 'in prose write `<` as `\\<` and `{` as `\\{`; close each component',
    });
    return undefined;
  }
}

/** What stands behind a fence's language, as written: Markdown would take backslashes out, and with them the sense of a regex. */
function rawMeta(line: string): string {
  return /(?:`{3,}|~{3,})[ \t]*[^\s`]+[ \t]+(.*)$/.exec(line)?.[1] ?? '';
}

function* walk(node: Node): Generator<Node> {
  for (const child of node.children ?? []) {
    yield child;
    yield* walk(child);
  }
}

function texts(attributes: NonNullable<Node['attributes']>): Record<string, string> {
  const entries = attributes.flatMap(({ name, value }) =>
    name !== undefined && typeof value === 'string' ? [[name, value] as const] : [],
  );
  return Object.fromEntries(entries);
}
