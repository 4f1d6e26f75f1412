/** What stands between two prompts of a pasted text: a typed command and what it printed. */
export interface Segment {
  /** What was typed; absent if the text begins in the middle of an output. */
  readonly typed?: string;
  /** Whether the step has this command. */
  readonly isKnown: boolean;
  readonly lines: readonly string[];
  /** Whether another prompt follows, so that the output is complete. */
  readonly isClosed: boolean;
}

/** Prompts of shells as they are by default, each up to where typing begins. */
const PROMPTS: readonly RegExp[] = [
  /^PS (?:[A-Za-z]:|\/|~)[^>]*> ?/, // PowerShell
  /^[A-Za-z]:\\[^>]*> ?/, // cmd
  /^(?:\([\w.-]+\) )?\[?[\w.+-]+@[\w.-]+[^$#%>❯]*[$#%>❯](?: |$)/, // bash, zsh and fish: user@host
  /^(?:\([\w.-]+\) )?[➜❯»λ](?: +[~/.\w-]+)(?: git:\([^)]*\))?(?: ✗)? +(?=\S|$)/, // Oh My Zsh
  /^[❯»λ➜] /,
  /^(?:ba|z|da)?sh-[\d.]+[$#] ?/,
  /^(?:~|\/)[\w./-]* ?[$#%](?: |$)/, // BusyBox
  /^[$#%>](?: |$)/,
];

/** Longest prompt that may stand before a command of the step, in characters. */
const LONGEST_PROMPT = 100;

/**
 * Splits pasted lines at the commands that were typed: those of the step, wherever they stand, and
 * others that follow a prompt.
 * @param commands what is typed in the step
 * @param isPrinted whether the step prints a line, even if it looks like a prompt
 */
export function segmentsOf(
  lines: readonly string[],
  commands: readonly string[],
  isPrinted: (line: string) => boolean = () => false,
): Segment[] {
  const known = commands.map((command) => command.split('\n').map(normalized));
  const found: { typed?: string; isKnown: boolean; lines: string[] }[] = [
    { isKnown: false, lines: [] },
  ];
  for (let at = 0; at < lines.length; at++) {
    const last = found.at(-1);
    // bash prints `exit` when it is left with that command.
    const isEcho = last?.typed === lines[at] && last?.lines.length === 0;
    const step = isEcho ? undefined : knownAt(lines, at, known);
    const line = lines[at] ?? '';
    const prompted = step === undefined ? typedIn(line, lines[at - 1]) : undefined;
    const typed = prompted === undefined || isPrinted(line) ? undefined : prompted;
    if (step !== undefined) {
      found.push({ typed: commands[step.index] ?? '', isKnown: true, lines: [] });
      at = step.last;
    } else if (typed !== undefined) found.push({ typed, isKnown: false, lines: [] });
    else last?.lines.push(line);
  }
  return found
    .map((segment, index) => ({ ...segment, isClosed: index < found.length - 1 }))
    .filter((segment, index) => index > 0 || segment.lines.some((line) => line !== ''));
}

/** A typed line as it is compared: without `sudo` and the like, with single blanks. */
export function normalized(typed: string): string {
  return typed
    .trim()
    .replace(/^(?:sudo(?: -\w+)*|winpty) +/, '')
    .replace(/\s+/g, ' ')
    .replaceAll('docker.exe', 'docker');
}

/** The command of the step whose typed lines begin at a line, and its last line. */
function knownAt(
  lines: readonly string[],
  at: number,
  known: readonly (readonly string[])[],
): { index: number; last: number } | undefined {
  for (const [index, [first = '', ...rest]] of known.entries()) {
    const last = first === '' ? undefined : typedUpTo(lines, at, first);
    if (last === undefined) continue;
    const follows = rest.every(
      (text, line) => normalized((lines[last + 1 + line] ?? '').replace(/^\s*> ?/, '')) === text,
    );
    if (follows) return { index, last: last + rest.length };
  }
  return undefined;
}

/** Most lines into which a terminal breaks a typed one. */
const MOST_WRAPPED = 4;

/** The line at which a typed line ends that begins at another, since a terminal wraps long ones. */
function typedUpTo(lines: readonly string[], at: number, typed: string): number | undefined {
  const first = lines[at] ?? '';
  if (isTyped(first, typed)) return at;
  let text = typedIn(first) ?? first;
  for (let last = at + 1; last < at + MOST_WRAPPED && last < lines.length; last++) {
    const begun = normalized(text);
    if (begun === '' || !typed.startsWith(begun)) return undefined;
    text += lines[last] ?? '';
    if (normalized(text) === typed) return last;
  }
  return undefined;
}

function isTyped(line: string, typed: string): boolean {
  if (normalized(line) === typed) return true;
  const own = typedIn(line);
  if (own !== undefined && normalized(own) === typed) return true;
  // A prompt of the reader's own: some text that ends with a usual sign.
  const text = line.trim().replace(/\s+/g, ' ');
  const prompt = text.slice(0, -typed.length);
  return text.endsWith(typed) && prompt.length <= LONGEST_PROMPT && /[$#%>❯➜»:] ?$/.test(prompt);
}

/** What was typed on a line, if it has a prompt, or is a docker command without one. */
function typedIn(line: string, before = ''): string | undefined {
  // What follows a backslash is the rest of the command.
  if (/^\s*> /.test(line) && before.endsWith('\\')) return line.replace(/^\s*> /, '');
  for (const prompt of PROMPTS) {
    const [found] = prompt.exec(line) ?? [];
    if (found !== undefined) return line.slice(found.length);
  }
  return /^(?:sudo )?docker(?:\.exe)? [a-z-]/.test(line) ? line : undefined;
}
