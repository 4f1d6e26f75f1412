import { mdxToMdast, type MdastNode } from 'satteri';
import { readFence } from './fence.ts';
import { readFrontMatter } from './front-matter.ts';
import { ID, ID_RULE, lessonIdOf } from './id.ts';
import { stepsOf, type Block, type Claim, type Lesson, type Prediction } from './model.ts';
import { cites, componentOf, lineOf, nodesBelow, type ComponentUse } from './mdast.ts';
import type { Problem, ReportProblem } from './problem.ts';
import { noteFaults, withoutNotes } from './notes.ts';
import { readStep } from './step.ts';
import { openFences } from './open-fences.ts';
import { readSourceFile } from './source-file.ts';
import { withTask } from './task.ts';
import { componentFaults } from './components.ts';
import { readClaims } from './claims/claims.ts';
import { readPredictions } from './predictions.ts';
import { REFERENCE } from './command-help.ts';

/**
 * Reads a lesson file and reports all of its problems at once, so that an author can fix them in
 * one go. If there is any problem, no lesson is returned.
 * @param source the file's text
 * @param file its path as the author knows it; the lesson's id is its name without `.mdx`
 */
export function parseLesson(
  source: string,
  file: string,
): { lesson?: Lesson; problems: Problem[] } {
  const { id, yaml, blocks, claims, predictions, problems, report } = readText(source, file);
  const head = blocks && readFrontMatter(yaml?.text, yaml?.line ?? 1, report);
  problems.sort((a, b) => a.line - b.line);
  if (problems.length > 0 || head === undefined || blocks === undefined) return { problems };
  const lesson = {
    ...{ id, file, ...head, blocks },
    ...(claims.length > 0 && { claims }),
    ...(predictions.length > 0 && { predictions }),
  };
  return { lesson, problems };
}

/** The text of a lesson or of a translation, before its front matter is read. */
export interface LessonText {
  readonly id: string;
  /** The front matter and the 1-based number of its first line, if any. */
  readonly yaml: { readonly text: string; readonly line: number } | undefined;
  /** Absent if the text is not valid MDX. */
  readonly blocks: readonly Block[] | undefined;
  readonly claims: readonly Claim[];
  readonly predictions: readonly Prediction[];
  /** The problems found so far; `report` adds to them. */
  readonly problems: Problem[];
  readonly report: ReportProblem;
}

/** Reads what lessons and translations have in common: the file's name and the blocks. */
export function readText(text: string, file: string): LessonText {
  // Markdown accepts LF, CRLF and CR; typed text and line numbers must be the same for all three.
  const written = text.replace(/\r\n?/g, '\n');
  const source = withoutNotes(written);
  const problems: Problem[] = [];
  const report: ReportProblem = (problem) => void problems.push({ file, ...problem });
  noteFaults(written).forEach(report);
  const id = lessonIdOf(file);
  if (!ID.test(id))
    report({
      line: 1,
      title: "the file's name is not a lesson id",
      found: id,
      hint: `use ${ID_RULE}; it becomes the address of the page`,
    });
  if (id === REFERENCE)
    report({
      line: 1,
      title: `the name ${id} is taken`,
      found: 'it belongs to the recorded help of all commands',
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
  // Further errors would only be consequences of the open fence.
  const tree = open.length > 0 ? undefined : readTree(source, report);
  if (tree === undefined) {
    const unread = { yaml: undefined, blocks: undefined, claims: [], predictions: [] };
    return { id, ...unread, problems, report };
  }

  let yaml: LessonText['yaml'];
  const blocks: Block[] = [];
  const uses: ComponentUse[] = [];
  for (const node of nodesBelow(tree)) {
    if (node.type === 'yaml') yaml = { text: node.value, line: lineOf(node) + 1 };
    const component = componentOf(node);
    if (component !== undefined)
      uses.push({ ...component, line: lineOf(node), cites: cites(node) });
    if (node.type !== 'code') continue;
    const fence = readFence(node, source);
    // Any other fence is ordinary code, which is not run.
    if (fence.kind === 'code') continue;
    const block =
      fence.kind === 'step' ? readStep(fence, blocks, report) : readSourceFile(fence, report);
    if (block !== undefined) blocks.push(block);
  }
  componentFaults(uses, blocks).forEach(report);
  const { claims, faults } = readClaims(uses, stepsOf({ blocks }));
  faults.forEach(report);
  const predictions = readPredictions(tree, source, stepsOf({ blocks }), report);
  const all = withTask(blocks, tree, source, report);
  return { id, yaml, blocks: all, claims, predictions, problems, report };
}

function readTree(source: string, report: ReportProblem): MdastNode | undefined {
  try {
    return mdxToMdast(source);
  } catch (error) {
    // The parser's message begins with `line:column: ` and says what was expected.
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
