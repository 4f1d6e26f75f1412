import type { Command } from './model.ts';

/** A line of a `console` fence that is not a typed line, and the fix. */
export interface TypingFault {
  /** 1-based line in the lesson file. */
  readonly line: number;
  readonly title: string;
  readonly found: string;
  readonly hint: string;
}

/** The prompt of the session's bash. */
const SESSION_PROMPT = '$';
/** The prompt of a root shell that an earlier command opened. */
const ROOT_PROMPT = '#';
/** Marks a line that continues the line above. */
const CONTINUATION = '>';

/**
 * Reads the body of a `console` fence.
 * @param body the text between the fences
 * @param firstLine 1-based line of the body's first line in the lesson file
 * @param programPrompt the prompt that the step's `prompt="…"` names
 */
export function readTyping(
  body: string,
  firstLine: number,
  programPrompt?: string,
): { commands: Command[]; faults: TypingFault[] } {
  const commands: { line: number; reader: Command['reader']; lines: string[] }[] = [];
  const faults: TypingFault[] = [];
  const lines = body.trim() === '' ? [] : body.split('\n');
  for (const [index, text] of lines.entries()) {
    const line = firstLine + index;
    // Check the step's own prompt first: `>>> ` begins like a continuation.
    const inProgram =
      (programPrompt === undefined ? undefined : typed(text, programPrompt.trimEnd())) ??
      typed(text, ROOT_PROMPT);
    const inSession = typed(text, SESSION_PROMPT);
    const continued = typed(text, CONTINUATION);
    if (inProgram !== undefined) commands.push({ line, reader: 'program', lines: [inProgram] });
    else if (inSession !== undefined)
      commands.push({ line, reader: 'session', lines: [inSession] });
    else if (continued !== undefined) {
      const open = commands.at(-1);
      if (open === undefined)
        faults.push({
          line,
          title: 'the first line of a step has no line above to continue',
          found: text,
          hint: 'start it with `$ `; `> ` continues the line above',
        });
      else open.lines.push(continued);
    } else {
      faults.push({
        line,
        title: 'a line of a console fence has no prompt',
        found: text === '' ? 'an empty line' : text,
        hint:
          'start it with `$ ` (the session), `# ` (an open root shell), `> ` (continues the line ' +
          'above) or the step\'s prompt="…"; do not write output, it is recorded',
      });
    }
  }
  if (commands.length === 0 && faults.length === 0)
    faults.push({
      line: firstLine - 1,
      title: 'a step types nothing',
      found: 'an empty fence',
      hint: 'write at least one line that begins with `$ `',
    });
  return { commands, faults };
}

/** The text typed after a prompt; a bare prompt types an empty line. */
function typed(text: string, prompt: string): string | undefined {
  if (text === prompt) return '';
  return text.startsWith(`${prompt} `) ? text.slice(prompt.length + 1) : undefined;
}
