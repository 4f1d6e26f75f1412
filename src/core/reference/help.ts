/** What a docker command's `--help` says of it. */
export interface Help {
  /** What the command does. */
  readonly summary: string;
  /** Names of the command, if it has several: `docker container run`, `docker run`. */
  readonly aliases: readonly string[];
  readonly options: readonly HelpOption[];
  /** Whether what follows its first argument belongs to another program, as for `docker run`. */
  readonly passesOn: boolean;
}

/** An option of a docker command. */
export interface HelpOption {
  /** `-d`, if there is one. */
  readonly short?: string;
  /** `--detach`, if there is one. */
  readonly long?: string;
  /** Whether it takes a value. */
  readonly isValued: boolean;
  readonly text: string;
}

/** `  -d, --detach             Run container in background and` */
const OPTION = /^ {2,6}(?=-)(?:(-\w)(?:, )?)?(--[\w-]+)?(?: ([^\s-]\S*))?(?: {2,}(.*))?$/;

/**
 * Reads the help that a docker command prints: https://github.com/spf13/cobra, as Docker sets it.
 */
export function readHelp(text: string): Help {
  const lines = text.split('\n');
  const usage = lines.findIndex((line) => line.startsWith('Usage:'));
  const blank = (from: number) => lines.findIndex((line, at) => at >= from && line.trim() === '');
  const start = blank(usage) + 1;
  const options: (HelpOption & { text: string })[] = [];
  for (const line of lines) {
    const [found, short, long, type, said = ''] = OPTION.exec(line) ?? [];
    if (found !== undefined)
      options.push({
        ...(short !== undefined && { short }),
        ...(long !== undefined && { long }),
        isValued: type !== undefined,
        text: said.trim(),
      });
    // The text goes on below its beginning.
    else if (/^ {8,}\S/.test(line)) append(options.at(-1), line.trim());
  }
  return {
    summary: lines.slice(start, blank(start)).join(' ').trim(),
    aliases: (lines[lines.indexOf('Aliases:') + 1] ?? '').trim().split(', '),
    options,
    passesOn: /\[ARG\.\.\.\]\s*$|\[ps OPTIONS\]\s*$/.test(lines[usage] ?? ''),
  };
}

function append(option: { text: string } | undefined, more: string): void {
  if (option !== undefined) option.text = `${option.text} ${more}`.trim();
}

/**
 * The options that the words of a command have, in order, each with the form in which it was typed;
 * words that the help does not know are left out.
 * @param words what follows the name of the command
 */
export function optionsIn(
  words: readonly string[],
  { options, passesOn }: Help,
): { readonly typed: string; readonly option: HelpOption }[] {
  const found: { typed: string; option: HelpOption }[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (word === '--' || (!word.startsWith('-') && passesOn)) break;
    if (!/^-{1,2}\w/.test(word)) continue;
    for (const { typed, value } of formsIn(word)) {
      const option = options.find(({ short, long }) => typed === short || typed === long);
      if (option === undefined) break;
      found.push({ typed, option });
      if (!option.isValued) continue;
      if (value === '') index++;
      break;
    }
  }
  return found;
}

/** An option as typed, or each of several letters (`-it`), with what follows it in the word. */
function formsIn(word: string): { typed: string; value: string }[] {
  const [, long, value = ''] = /^(--[\w-]+)(=.*)?$/s.exec(word) ?? [];
  if (long !== undefined) return [{ typed: long, value }];
  return Array.from(word.slice(1), (letter, at) => ({
    typed: `-${letter}`,
    value: word.slice(at + 2),
  }));
}
