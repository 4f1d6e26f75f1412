import type { MdastNode } from 'satteri';
import { readClaims } from './claims/claims.ts';
import { fencesBelow } from './fence.ts';
import { readOptions } from './info-string.ts';
import { childrenOf, componentOf, lineOf, nodesBelow } from './mdast.ts';
import type { Answer, Condition, Pattern, Prediction, Step } from './model.ts';
import type { Problem, ReportProblem } from './problem.ts';
import { regexFault } from './regex.ts';

type Fault = Omit<Problem, 'file'>;

/** Letters of the answers, in order. */
export const LETTERS = ['A', 'B', 'C', 'D'] as const;

/** The parts of a prediction, in the order of the text. */
export interface PredictionParts {
  /** The question. It may contain files. */
  readonly question: readonly MdastNode[];
  readonly answers: readonly MdastNode[];
  /** The step, and what is read after it. */
  readonly covered: readonly MdastNode[];
}

/** The parts of a node that is `<Predict>`; undefined for any other node. */
export function predictionParts(node: MdastNode): PredictionParts | undefined {
  if (componentOf(node)?.name !== 'Predict') return undefined;
  const children = childrenOf(node);
  const first = children.findIndex(isAnswer);
  const end = children.findLastIndex(isAnswer) + 1;
  return first < 0
    ? { question: children, answers: [], covered: [] }
    : {
        question: children.slice(0, first),
        answers: children.slice(first, end),
        covered: children.slice(end),
      };
}

/** The parts of an answer: what readers choose, and the explanation that they read then. */
export function answerParts(node: MdastNode): {
  readonly choice: MdastNode | undefined;
  readonly why: readonly MdastNode[];
} {
  const [choice, ...why] = childrenOf(node);
  return { choice, why };
}

/** Whether an answer is marked as right. */
export function isRight(node: MdastNode): boolean {
  return attributesOf(node).some(({ name }) => name === 'right');
}

/** Whether a node is `<Answer>`. */
export function isAnswer(node: MdastNode): boolean {
  return componentOf(node)?.name === 'Answer';
}

/**
 * Reads the predictions of a lesson and reports what is wrong with them.
 * @param source the text that the tree was read from
 * @param steps those of the lesson
 */
export function readPredictions(
  tree: MdastNode,
  source: string,
  steps: readonly Step[],
  report: ReportProblem,
): Prediction[] {
  const nodes = [...nodesBelow(tree)];
  const parts = childrenOf(tree).flatMap((node) => predictionParts(node) ?? []);
  const known = new Set(parts.flatMap(({ answers }) => answers));
  for (const node of nodes) {
    const { name } = componentOf(node) ?? {};
    if (name === 'Predict' && !childrenOf(tree).includes(node))
      report({
        line: lineOf(node),
        title: '<Predict> is inside another component or a paragraph',
        hint: 'put it on lines of its own, outside of other components',
      });
    if (name === 'Answer' && !known.has(node))
      report({
        line: lineOf(node),
        title: '<Answer> is not in a <Predict>',
        hint: 'put it on lines of its own, directly in <Predict>',
      });
  }
  return childrenOf(tree).flatMap((node) => {
    const found = predictionParts(node);
    return found === undefined ? [] : readPrediction(lineOf(node), found, source, steps, report);
  });
}

function readPrediction(
  line: number,
  { question, answers, covered }: PredictionParts,
  source: string,
  steps: readonly Step[],
  report: ReportProblem,
): Prediction[] {
  const fault = (problem: Omit<Fault, 'line'>) => report({ line, ...problem });
  const visible = (nodes: readonly MdastNode[]) => {
    const lines = nodes.flatMap((node) => fencesIn(node, source)).map((fence) => fence.line);
    return steps.filter((step) => lines.includes(step.line) && !step.options.hide);
  };
  if (question.length === 0)
    fault({
      title: '<Predict> has no question',
      hint: 'ask it in a paragraph before the first <Answer>',
    });
  const count = answers.filter(isAnswer).length;
  if (count < 2 || count > 4)
    fault({
      title: '<Predict> does not have two to four answers',
      found: String(count),
      hint: 'add or remove an <Answer>',
    });
  for (const node of answers)
    if (!isAnswer(node))
      report({
        line: lineOf(node),
        title: 'something is between the answers of a <Predict>',
        hint: 'move it before the first <Answer>, or after the last one',
      });
  const read = answers.filter(isAnswer).map((node) => readAnswer(node, source, steps, report));
  if (!read.some(({ right }) => right))
    fault({ title: 'no answer of <Predict> is right', hint: 'mark one: <Answer right …>' });
  else if (read.every(({ right }) => right))
    fault({
      title: 'all answers of <Predict> are right',
      hint: 'add one that readers may believe, and that is wrong',
    });
  for (const step of visible(question))
    report({
      line: step.line,
      title: `the step ${step.id} is shown before the answers`,
      hint: 'move it after the last <Answer>, or hide it',
    });
  const heading = [...question, ...covered]
    .flatMap((node) => [node, ...nodesBelow(node)])
    .find(({ type }) => type === 'heading');
  if (heading !== undefined)
    report({
      line: lineOf(heading),
      title: 'a heading is in <Predict>',
      hint: 'begin the section before the question',
    });
  const [step, ...others] = visible(covered);
  if (step === undefined)
    fault({
      title: '<Predict> has no step',
      hint: 'put the console fence that shows the answer after the last <Answer>',
    });
  for (const other of others)
    report({
      line: other.line,
      title: '<Predict> has more than one visible step',
      found: `${step?.id ?? ''} and ${other.id}`,
      hint: 'move this one behind </Predict>, or hide it',
    });
  return step === undefined ? [] : [{ line, step: step.id, answers: read }];
}

function readAnswer(
  node: MdastNode,
  source: string,
  steps: readonly Step[],
  report: ReportProblem,
): Answer {
  const line = lineOf(node);
  const { choice, why } = answerParts(node);
  if (choice?.type !== 'paragraph' || why.length === 0)
    report({
      line,
      title: 'an <Answer> is not a paragraph to choose and an explanation',
      hint: 'write two paragraphs, with an empty line around each',
    });
  const inside = choice === undefined ? [] : [...nodesBelow(choice)];
  if (inside.some((part) => part.type === 'link' || componentOf(part) !== undefined))
    report({
      line,
      title: 'what readers choose contains a link or a component',
      hint: 'move it to the explanation; only text and code can be chosen',
    });
  const [fence] = fencesIn(node, source).filter(({ kind }) => kind !== 'code');
  if (fence !== undefined)
    report({
      line: fence.line,
      title: 'a step or a file is in an <Answer>',
      hint: 'move it before the first <Answer>, or after the last one',
    });
  const conditions: Condition[] = [];
  for (const { name, value } of attributesOf(node)) {
    if (name === 'right' && value === null) continue;
    const read = readCondition(name, value, line, steps);
    if ('kind' in read) conditions.push(read);
    else report({ line, ...read });
  }
  if (attributesOf(node).every(({ name }) => name === 'right'))
    report({
      line,
      title: 'an <Answer> has no condition',
      expected: 'exit="1", shows="text", absent="text" or that="STEP.NAME > 3"',
      hint: 'add what the recording shows if, and only if, the answer is right',
    });
  return { line, right: isRight(node), conditions };
}

function readCondition(
  name: string,
  value: string | null | undefined,
  line: number,
  steps: readonly Step[],
): Condition | Omit<Fault, 'line'> {
  const wrong = (expected: string, hint: string) => ({
    title: `the condition ${name} of an <Answer> is not valid`,
    expected,
    found: typeof value === 'string' ? JSON.stringify(value) : 'no text in quotes',
    hint,
  });
  switch (name) {
    case 'exit':
      return /^\d{1,3}$/.test(value ?? '') && Number(value) <= 255
        ? { kind: 'exit', status: Number(value) }
        : wrong('a number from 0 to 255', 'write exit="1"');
    case 'shows':
    case 'absent': {
      const hint = `write ${name}="text" or ${name}="/regex/m"`;
      const pattern = patternOf(value ?? '');
      if (pattern === undefined) return wrong('a text or a regular expression', hint);
      const fault = pattern.kind === 'regex' ? regexFault(pattern) : undefined;
      return fault === undefined ? { kind: name, pattern } : wrong(fault, hint);
    }
    case 'that': {
      const relation = value ?? '';
      const use = { name: 'Claim', line, cites: false, attributes: { that: relation } };
      const [fault] = readClaims([use], steps).faults;
      return fault ?? { kind: 'that', relation };
    }
    default:
      return {
        title: `an <Answer> has no attribute ${name}`,
        expected: 'right, exit, shows, absent or that',
        hint: 'correct the name, or remove it',
      };
  }
}

/** A pattern in quotes: a regular expression if it stands between slashes. */
function patternOf(text: string): Pattern | undefined {
  if (text === '') return undefined;
  if (!/^\/.*\/[a-z]*$/s.test(text)) return { kind: 'text', text };
  const value = readOptions(`is=${text}`).options[0]?.value;
  return value?.kind === 'regex' ? value : undefined;
}

interface Attribute {
  readonly name: string;
  /** Null if it has none; undefined if it is not a string. */
  readonly value: string | null | undefined;
}

function attributesOf(node: MdastNode): Attribute[] {
  if (node.type !== 'mdxJsxFlowElement' && node.type !== 'mdxJsxTextElement') return [];
  return node.attributes.map((attribute) => {
    if (attribute.type !== 'mdxJsxAttribute') return { name: '{…}', value: undefined };
    const { name, value } = attribute;
    return { name, value: typeof value === 'object' && value !== null ? undefined : value };
  });
}

/** The fences in a node, which may be one. */
function fencesIn(node: MdastNode, source: string) {
  return fencesBelow({ type: 'root', children: [node] } as MdastNode, source);
}
