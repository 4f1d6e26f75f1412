import type { MdastNode } from 'satteri';
import { counted } from './counted.ts';
import { fencesBelow, type Fence } from './fence.ts';
import { componentOf, lineOf, nodesBelow } from './mdast.ts';
import { type Block, type Step, type StepOptions, type TaskProof } from './model.ts';
import { emptyDraft, finishDraft } from './options.ts';
import type { ReportProblem } from './problem.ts';
import { checkCommand, DONE, readCheck, STILL_MISSING, type CheckLine } from './task-check.ts';

/** Language of the fence that holds the check of a task. */
export const CHECK = 'check';

/** Ids of the steps that run the check before and after the task. */
export const CHECK_BEFORE = 'check-before';
export const CHECK_AFTER = 'check-after';

/** Wrong solutions and hints that a task with a check needs. */
const LEAST = 2;

/**
 * Adds the steps that prove the check of a lesson's task: before everything, after each wrong
 * solution, which is then undone, and after the solution. Reports what the task lacks.
 * @param blocks those of the lesson's fences
 */
export function withTask(
  blocks: readonly Block[],
  tree: MdastNode,
  source: string,
  report: ReportProblem,
): Block[] {
  const checks = fencesBelow(tree, source).filter(({ language }) => language === CHECK);
  const turns = inside(tree, 'YourTurn');
  const turnOf = (line: number) => turns.find((turn) => linesOf(turn).has(line));
  const [check, second] = checks;
  const turn = check && turnOf(check.line);
  for (const block of blocks) {
    if (block.kind === 'file' || block.options.wrong === undefined) continue;
    if (turn === undefined || !linesOf(turn).has(block.line))
      report({
        line: block.line,
        title: `the wrong solution ${block.id} belongs to no check`,
        hint: 'put it into a <YourTurn> that has a ```check fence',
      });
  }
  if (check === undefined) return [...blocks];
  if (second !== undefined || turn === undefined)
    report({
      line: (second ?? check).line,
      title: second ? 'the lesson has a second check' : 'the check is not in <YourTurn>',
      hint: second ? 'keep one: a lesson has one task' : 'put it below the text of the task',
    });
  const { lines, faults } = readCheck(check.body, check.line + 1);
  faults.forEach(report);
  if (turn === undefined) return [...blocks];
  const task = { check, lines, turn, solution: solutionOf(turn) };
  requireParts(task, blocks, report);
  const all = proved(task, blocks, report);
  requireOwnIds(all, report);
  return all;
}

interface Task {
  readonly check: Fence;
  readonly lines: readonly CheckLine[];
  readonly turn: MdastNode;
  /** The lines on which the fences of its solution begin. */
  readonly solution: readonly number[];
}

function solutionOf(turn: MdastNode): number[] {
  return inside(turn, 'Solution').flatMap((node) => [...linesOf(node)]);
}

function requireParts(
  { check, turn, solution }: Task,
  blocks: readonly Block[],
  report: ReportProblem,
): void {
  const lacks = (title: string, hint: string) => report({ line: check.line, title, hint });
  const own = linesOf(turn);
  const steps = blocks.filter(({ kind, line }) => kind === 'step' && own.has(line));
  const attempts = steps.filter((step) => step.kind === 'step' && step.options.wrong).length;
  if (attempts < LEAST)
    lacks(
      `the task has ${counted(attempts, 'wrong solution')}, and needs ${LEAST}`,
      'add mistakes that readers are likely to make: ```console no-name wrong="a container named"',
    );
  const hints = inside(turn, 'Hint').length;
  if (hints < LEAST)
    lacks(
      `the task has ${counted(hints, 'hint')}, and needs ${LEAST}`,
      'add <Hint>…</Hint> below the check; the second may say more than the first',
    );
  if (!steps.some(({ line }) => solution.includes(line)))
    lacks('the task has no solution', 'add a <Solution> with at least one step');
}

function proved(task: Task, blocks: readonly Block[], report: ReportProblem): Block[] {
  const { check, lines, turn } = task;
  const own = linesOf(turn);
  const run = (id: string, proves: TaskProof, options: Partial<StepOptions>, line = check.line) =>
    derived(id, proves, { typed: checkCommand(lines), line, options });
  const last = blocks.findLast(({ line }) => own.has(line));
  const all = blocks.flatMap((block): Block[] => {
    const own =
      block.kind === 'step' && block.options.wrong ? attempt(task, block, run, report) : [block];
    return block === last ? [...own, run(CHECK_AFTER, 'solved', { expect: [text(DONE)] })] : own;
  });
  const first = all.findIndex(({ line }) => line > check.line);
  const before = run(CHECK_BEFORE, 'unsolved', { exit: 1, expect: [text(STILL_MISSING)] });
  return all.toSpliced(first < 0 ? all.length : first, 0, before);
}

/** A wrong solution, the check that has to refuse it, and what removes it again. */
function attempt(
  { check, lines, solution }: Task,
  step: Step,
  run: (id: string, proves: TaskProof, options: Partial<StepOptions>, line: number) => Step,
  report: ReportProblem,
): Step[] {
  const { id, line, options } = step;
  const { missing = '', undo } = options.wrong ?? {};
  // A backtick in the first line would end the fence.
  const said = lines.filter((one) => one.missing.replaceAll('`', '').includes(missing));
  if (said.length !== 1 && lines.length > 0)
    report({
      line,
      title: `wrong="…" fits ${said.length === 0 ? 'no line' : 'several lines'} of the check`,
      found: missing,
      hint: 'write a part of what one line says is missing',
    });
  if (line < check.line || solution.some((other) => other <= line))
    report({
      line,
      title: `the wrong solution ${id} is not between the check and the solution`,
      hint: 'move it there: it is run before the solution',
    });
  const expect = [text(STILL_MISSING + (said[0]?.missing ?? ''))];
  const { timeout } = options;
  return [
    { ...step, proves: 'attempt' },
    run(`${id}-check`, 'refused', { exit: 1, expect }, line),
    ...(undo === undefined
      ? []
      : [derived(`${id}-undo`, 'undone', { typed: [undo], line, options: { timeout } })]),
  ];
}

/** The ids of derived steps must not be those of others. */
function requireOwnIds(blocks: readonly Block[], report: ReportProblem): void {
  const steps = blocks.filter((block) => block.kind === 'step');
  for (const { id, line } of steps.filter((step) => step.proves !== undefined)) {
    const other = steps.find((step) => step.id === id && step.proves === undefined);
    if (other !== undefined)
      report({
        line: other.line,
        title: `the step id ${id} is taken`,
        found: `it belongs to the check in line ${line}`,
        hint: 'choose another id',
      });
  }
}

function derived(
  id: string,
  proves: TaskProof,
  of: { typed: readonly string[]; line: number; options: Partial<StepOptions> },
): Step {
  const { typed, line, options } = of;
  return {
    kind: 'step',
    id,
    line,
    commands: [{ line, reader: 'session', lines: typed }],
    options: { ...finishDraft(emptyDraft()), hide: true, ...options },
    proves,
  };
}

function text(value: string) {
  return { kind: 'text', text: value } as const;
}

function inside(node: MdastNode, name: string): MdastNode[] {
  return [...nodesBelow(node)].filter((below) => componentOf(below)?.name === name);
}

/** The lines on which the fences below a node begin. */
function linesOf(node: MdastNode): ReadonlySet<number> {
  const fences = [...nodesBelow(node)].filter(({ type }) => type === 'code');
  return new Set(fences.map(lineOf));
}
