import type { Command, Lesson, Step } from '../../../src/core/lesson/model.ts';
import { lineText, screenText } from '../../../src/core/recording/screen.ts';
import { RunFailure } from './failure.ts';
import type { CommandEnd, Session } from '../../../src/core/session/session.ts';
import { OUTPUT_LIMIT } from '../../../src/core/session/take.ts';

/**
 * @param wanted status of the program that was left open, should it have ended by itself
 * @throws {RunFailure} unless a `$` line finds the session's prompt, and any other an open program
 */
export async function requireReader(
  lesson: Lesson,
  command: Command,
  session: Session,
  wanted: number | 'any',
): Promise<void> {
  const open = session.openProgram;
  const ended = session.takeEnded();
  if (ended !== undefined && wanted !== 'any' && ended.status !== wanted)
    throw await failure(lesson, command.line, session, 20, {
      title: `\`${ended.program}\`, which was still open, ended before ${quote(command)} was typed`,
      expected: `exit status ${wanted}`,
      found: `exit status ${ended.status}`,
      hint: 'end it in a step, for example with `# exit`, and write the status on that one with exit=',
    });
  if (command.reader === 'session' && open !== undefined)
    throw await failure(lesson, command.line, session, 20, {
      title: `${quote(command)} is for the session, but ${open} still waits for input`,
      expected: "the session's prompt",
      found: `an open program: ${open}`,
      hint: session.bashIsOpen ? OWN_BASH : 'end it first, for example with `# exit`',
    });
  if (command.reader === 'program' && open === undefined)
    throw await failure(lesson, command.line, session, 20, {
      title: `${quote(command)} is for an open program, but none waits for input`,
      expected: 'a program that an earlier command left open',
      found: `the session's prompt${ended === undefined ? '' : `: ${ended.program} ended before, with status ${ended.status}`}`,
      hint: 'start it before (`$ docker run -it …`), or type the line into the session with `$ `',
    });
}

/** @throws {RunFailure} if a command ended in anything else than a prompt or an open program */
export async function requireEnd(
  lesson: Lesson,
  step: Step,
  command: Command,
  end: CommandEnd,
  session: Session,
): Promise<void> {
  const { line } = command;
  switch (end.kind) {
    case 'prompt':
    case 'open':
      return;
    case 'timeout': {
      const { timeout, until } = step.options;
      const hint =
        until === undefined
          ? `if it needs longer write timeout=${timeout * 2}s on the step; if it does not end by itself write until="…" keys="^C"`
          : `it never printed ${JSON.stringify(until.text)}, or went on after the keys: check both`;
      throw await failure(lesson, line, session, 30, {
        title: `${quote(command)} did not end within ${timeout} s`,
        hint,
      });
    }
    case 'flooded':
      throw await failure(lesson, line, session, 20, {
        title: `${quote(command)} printed more than ${OUTPUT_LIMIT / 1e6} MB`,
        hint: 'pipe it through `head`, or redirect it into a file; if another command still prints behind it, end that one first',
      });
    case 'gone':
      throw await failure(lesson, line, session, 20, {
        title: `${quote(command)} ended the session`,
        hint: "leave out `exit`, `exec` and `set -e` at the session's prompt; a nested shell is left with `# exit`",
      });
    case 'incomplete':
      throw await failure(lesson, line, session, 20, {
        title: `${quote(command)} is not complete: bash waits for more`,
        hint: 'continue it on the next line with `> `, or close the quote or the heredoc',
      });
    case 'early':
      throw await failure(lesson, line + end.line, session, 20, {
        title: 'the command was taken as complete before its last line',
        hint: 'end the line with a backslash, or write the next one as a command of its own with `$ `',
      });
    case 'keyless':
      throw await failure(lesson, line, session, 20, {
        title: end.printed
          ? `${quote(command)} ended by itself, before the keys`
          : `${quote(command)} ended before it printed the text to wait for`,
        expected: JSON.stringify(step.options.until?.text ?? ''),
        hint: 'correct until="…", or drop until and keys if the command ends by itself',
      });
  }
}

/** What is said of a command that ended with another status than the lesson expects. */
export function wrongStatus(
  lesson: Lesson,
  command: Command,
  session: Session,
  { exit, wanted, isLast }: { exit: number; wanted: number; isLast: boolean },
): Promise<RunFailure> {
  return failure(lesson, command.line, session, 20, {
    title: `${quote(command)} ended with another status`,
    expected: `exit status ${wanted}`,
    found: `exit status ${exit}`,
    hint: isLast
      ? `fix the command, or write exit=${exit} on the step if that is what it shall show`
      : 'fix the command, or give it a step of its own with exit=',
  });
}

/**
 * What is said of a program that waits for the keyboard where the lesson does not go on with a
 * line for it.
 * @param next what the lesson types next; undefined at its end
 */
export async function leftOpen(
  lesson: Lesson,
  command: Command,
  next: Command | undefined,
  session: Session,
): Promise<RunFailure> {
  const program = session.openProgram ?? 'a program';
  const { lines } = await session.take.screen();
  const asked = lines.map(lineText).findLast((line) => line.trim() !== '') ?? '';
  const goesOn =
    next === undefined ? 'the lesson ends' : `line ${next.line} is typed into the session`;
  return failure(lesson, command.line, session, 20, {
    title: `${quote(command)} leaves ${program} waiting for the keyboard, and ${goesOn}`,
    expected: "the session's prompt",
    found: `an open program: ${program}`,
    hint: session.bashIsOpen ? OWN_BASH : answerTo(asked, command),
  });
}

/**
 * What to do about a program that nobody answers.
 * @param asked the last line on the screen
 */
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

/** What is said of a step that expects a status, and leaves open what would end with it. */
export function noStatus(
  lesson: Lesson,
  command: Command,
  session: Session,
  wanted: number,
): Promise<RunFailure> {
  return failure(lesson, command.line, session, 20, {
    title: `${quote(command)} has not ended when the step has`,
    expected: `exit status ${wanted}`,
    found: `an open program: ${session.openProgram ?? 'none'}`,
    hint: `end it in this step, for example with \`# exit\`, or move exit=${wanted} to the step in which it ends`,
  });
}

/** A failure at a line of the lesson, with the screen as it stands. */
export async function failure(
  lesson: Lesson,
  line: number,
  session: Session,
  status: 20 | 30,
  what: { title: string; expected?: string; found?: string; hint: string },
): Promise<RunFailure> {
  return new RunFailure(
    { file: lesson.file, line, ...what },
    status,
    screenText(await session.take.screen()),
  );
}

function quote(command: Command): string {
  return `\`${command.lines[0] ?? ''}${command.lines.length > 1 ? ' …' : ''}\``;
}
