import {
  stepsOf,
  type Command,
  type Lesson,
  type Step,
  type TaskProof,
} from '../../../src/core/lesson/model.ts';
import { checkProblem } from './check-problem.ts';
import type { Problem } from '../../../src/core/lesson/problem.ts';
import { SCROLLBACK } from '../../../src/core/recording/terminal.ts';
import { commandAfter } from '../../../src/core/run/run-step.ts';
import type { StatusFault, StepFault, StepResult } from '../../../src/core/run/step-result.ts';
import { OUTPUT_LIMIT } from '../../../src/core/session/take.ts';

type Ended = Extract<StepFault, { kind: 'ended' }>;

type ProblemInFile = Omit<Problem, 'file'>;

/** What steps prove that run the check of a task: an author cannot give them options. */
const CHECKS: ReadonlySet<TaskProof> = new Set(['unsolved', 'refused', 'solved']);

/** Describes to the author why a step does not do what the lesson expects. */
export function stepProblem(
  lesson: Lesson,
  step: Step,
  fault: StepFault,
  { screen }: Pick<StepResult, 'screen'>,
): Problem {
  const problem = checkProblem(step, fault, screen) ?? problemIn(lesson, step, fault, screen);
  return { file: lesson.file, ...problem };
}

function problemIn(lesson: Lesson, step: Step, fault: StepFault, screen: string): ProblemInFile {
  if (fault.kind === 'unmet') {
    const [first] = fault.unmet;
    return {
      line: step.line,
      title: first?.title ?? 'the screen is not as expected',
      ...(first && { expected: first.expected }),
      hint: "fix the step's options or its commands; the last screen is below",
    };
  }
  const command = step.commands[fault.command];
  if (command === undefined) throw new Error(`${step.id} has no command ${fault.command}`);
  return fault.kind === 'status'
    ? wrongStatus(step, command, fault)
    : wrongEnd(lesson, step, command, fault, screen);
}

function wrongStatus(
  step: Step,
  command: Command,
  { command: index, wanted, got, program }: StatusFault,
): ProblemInFile {
  const statuses = { expected: `exit status ${wanted}`, found: `exit status ${got}` };
  if (program !== undefined)
    return {
      line: command.line,
      title: `\`${program}\`, which was still open, ended before ${quote(command)} was typed`,
      ...statuses,
      hint: 'end it in a step, for example with `# exit`, and write the status on that one with exit=',
    };
  const isStated = !step.commands.slice(index + 1).some(({ reader }) => reader === 'session');
  return {
    line: command.line,
    title: `${quote(command)} ended with another status`,
    ...statuses,
    hint: isStated
      ? `fix the command, or write exit=${got} on the step if that is the expected status`
      : 'fix the command, or give it a step of its own with exit=',
  };
}

function wrongEnd(
  lesson: Lesson,
  step: Step,
  command: Command,
  fault: Ended,
  screen: string,
): ProblemInFile {
  const { line } = command;
  switch (fault.how) {
    case 'reader':
      return wrongReader(command, fault);
    case 'open':
      return leftOpen(lesson, step, command, fault, screen);
    case 'unended':
      return {
        line,
        title: `${quote(command)} has not ended when the step has`,
        expected: `exit status ${fault.wanted}`,
        found: `an open program: ${fault.open?.program ?? 'none'}`,
        hint: `end it in this step, for example with \`# exit\`, or move exit=${fault.wanted} to the step in which it ends`,
      };
    case 'full':
      return {
        line: step.line,
        title: 'the step prints more lines than a recording holds',
        expected: `at most ${SCROLLBACK}`,
        hint: 'let its commands print less, for example with `| tail`, or clear the screen between them',
      };
    case 'timeout': {
      const { timeout } = step.options;
      return {
        line,
        title: `${quote(command)} did not end within ${timeout} s`,
        hint: timeoutHint(step),
      };
    }
    case 'flooded':
      return {
        line,
        title: `${quote(command)} printed more than ${OUTPUT_LIMIT / 1e6} MB`,
        hint: 'pipe it through `head`, or redirect it into a file; if another command still prints behind it, end that one first',
      };
    case 'gone':
      return {
        line,
        title: `${quote(command)} ended the session`,
        hint: "leave out `exit`, `exec` and `set -e` at the session's prompt; a nested shell is left with `# exit`",
      };
    case 'incomplete':
      return {
        line,
        title: `${quote(command)} is not complete: bash waits for more`,
        hint: 'continue it on the next line with `> `, or close the quote or the heredoc',
      };
    case 'early':
      return {
        line: line + fault.line,
        title: 'the command was taken as complete before its last line',
        hint: 'end the line with a backslash, or write the next one as a command of its own with `$ `',
      };
    case 'keyless':
      return {
        line,
        title: fault.printed
          ? `${quote(command)} ended by itself, before the keys`
          : `${quote(command)} ended before it printed the text to wait for`,
        expected: JSON.stringify(step.options.until?.text ?? ''),
        hint: 'correct until="…", or drop until and keys if the command ends by itself',
      };
  }
}

/** A `$` line has to find the session's prompt, and any other an open program. */
function wrongReader(
  command: Command,
  { open, ended }: Extract<Ended, { how: 'reader' }>,
): ProblemInFile {
  const { line } = command;
  if (open !== undefined)
    return {
      line,
      title: `${quote(command)} is for the session, but ${open.program} still waits for input`,
      expected: "the session's prompt",
      found: `an open program: ${open.program}`,
      hint: open.isSession ? OWN_BASH : 'end it first, for example with `# exit`',
    };
  const before =
    ended === undefined ? '' : `: ${ended.program} ended before, with status ${ended.status}`;
  return {
    line,
    title: `${quote(command)} is for an open program, but none waits for input`,
    expected: 'a program that an earlier command left open',
    found: `the session's prompt${before}`,
    hint: 'start it before (`$ docker run -it …`), or type the line into the session with `$ `',
  };
}

/** A program waits for the keyboard where the lesson does not go on with a line for it. */
function leftOpen(
  lesson: Lesson,
  step: Step,
  command: Command,
  { command: index, open: { program, isSession } }: Extract<Ended, { how: 'open' }>,
  screen: string,
): ProblemInFile {
  const next = step.commands[index + 1] ?? commandAfter(stepsOf(lesson), step.id);
  const goesOn =
    next === undefined ? 'the lesson ends' : `line ${next.line} is typed into the session`;
  const asked = screen.split('\n').findLast((text) => text.trim() !== '') ?? '';
  return {
    line: command.line,
    title: `${quote(command)} leaves ${program} waiting for the keyboard, and ${goesOn}`,
    expected: "the session's prompt",
    found: `an open program: ${program}`,
    hint: isSession ? OWN_BASH : answerTo(asked, command),
  };
}

/** How to answer a program that waits, given the last line of the screen. */
export function answerTo(asked: string, command: Command): string {
  const choice = /[[(](\w+)\/\w+[\])](?=\W*$)/.exec(asked);
  // A shell's prompt, or that of an interpreter: nothing is asked.
  if (choice === null && (command.reader === 'program' || /[#$%>] *$/.test(asked)))
    return 'end it before, for example with `# exit`, or type the next line into it, with `# `';
  const isEcho = asked.includes(command.lines.at(-1) ?? '');
  const whole = asked.trim();
  const question =
    whole.length > MOST_QUESTION ? whole.slice(-MOST_QUESTION).replace(/^\S*\s+/, '') : whole;
  if (isEcho || question === '')
    return 'give it what it reads, with a pipe or `< /dev/null`, or type it in lines with `# `';
  const [text, answer] =
    choice === null ? [question, 'ANSWER'] : [choice[0], (choice[1] ?? 'y').toLowerCase()];
  const quoted = text.replace(/["\\]/g, String.raw`\$&`);
  const options = `until="${quoted}" keys="${answer}^M"`;
  return `answer it: write ${options} on the step, whose last command it has to be`;
}

/** What to do where the session's own bash waits. */
const OWN_BASH =
  "it is the session's own bash, without a prompt that the recorder knows: answer its `read` " +
  'with `# `; `exec`, a redirected standard error, or a new PS1 after PROMPT_COMMAND was taken ' +
  'away need `# ` for each further line';

/** Characters of a question that are enough to know it by. */
const MOST_QUESTION = 30;

function quote(command: Command): string {
  return `\`${command.lines[0] ?? ''}${command.lines.length > 1 ? ' …' : ''}\``;
}

function timeoutHint({ proves, options: { timeout, until } }: Step): string {
  if (proves !== undefined && CHECKS.has(proves))
    return 'let the check take less time, or move what takes long to a step: a check has no timeout=';
  return until === undefined
    ? `if it needs longer write timeout=${timeout * 2}s on the step; if it does not end by itself write until="…" keys="^C"`
    : `it never printed ${JSON.stringify(until.text)}, or went on after the keys: check both`;
}
