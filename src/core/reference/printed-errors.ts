import { dockerCommands } from '../lesson/docker-commands.ts';

/** A command that a screen shows, how it ended, and what it printed there. */
export interface Ended {
  readonly typed: string;
  /** Null if it did not end by itself, or was typed into another shell. */
  readonly exit: number | null;
  readonly output: readonly string[];
}

/**
 * The error messages and warnings that a command printed, each a line as the screen shows it,
 * without what Compose and BuildKit put in front of it. These are
 *
 * 1. the lines that say so themselves, however the command ended ({@link SAYS});
 * 2. if there are none, and a docker command failed, its last line that is not a hint about usage;
 *    if another command failed, its last line only if that begins with the name of a program.
 *
 * A command that ^C has ended did not fail.
 */
export function errorsPrinted(command: Ended): string[] {
  const { status, output } = asEnded(command);
  const lines = output.map((line) => line.replace(IN_FRONT, '').trim());
  const said = lines.filter((line) => SAYS.some((pattern) => pattern.test(line)));
  if (said.length > 0) return [...new Set(said)];
  if (status === null || status === 0 || status === INTERRUPTED) return [];
  const last = lines.findLast((line) => line !== '' && !HINT.test(line));
  if (last === undefined) return [];
  const isDocker = dockerCommands(command.typed).length > 0;
  return isDocker || BY_PROGRAM.test(last) ? [last] : [];
}

/** A line that says itself that it is an error or a warning. */
const SAYS: readonly RegExp[] = [
  // docker: …, Error response from daemon: …, ERROR: …, ModuleNotFoundError: …, psql: error: …
  /^docker: \S/,
  /^(?:[\w./-]+: )?[\w.]*error(?: [\w[\]]+){0,5}:(?: |$)/i,
  // As servers write it: 2026-11-27 09:00:00 UTC [1] FATAL:  …
  /^(?:.* )?(?:ERROR|FATAL|PANIC):\s/,
  /^(?:fatal|panic): /i,
  // As Docker, runc and Compose log it.
  /^(?:ERRO|FATA|WARN)\[\d+\] /,
  /^time="[^"]*" level=(?:warning|error|fatal) /,
  /^(?:WARNING|DEPRECATED): /i,
  // The docker command's own messages.
  /^(?:Failed|Unable|Could not|Cannot) .*: \S/i,
  /^Cannot connect to the Docker daemon/,
  /^permission denied while trying to connect/,
  /^unknown (?:shorthand )?flag: /,
  /^OCI runtime \w+ failed: /,
  // curl: (7) Failed to connect …
  /^curl: \(\d+\) /,
  // The texts of errno in the C library, at the end of a line.
  /: (?:Address already in use|Cannot allocate memory|Cannot fork|Connection (?:refused|reset by peer|timed out)|Device or resource busy|Directory not empty|Exec format error|File exists|Invalid argument|Is a directory|Name or service not known|Network is unreachable|No route to host|No space left on device|No such file or directory|Not a directory|Operation (?:not permitted|timed out)|Permission denied|Read-only file system|Resource (?:busy|temporarily unavailable)|Temporary failure in name resolution|Text file busy|(?:command )?not found)$/,
]; // prettier-ignore

/** `web-1  | `, as `docker compose logs` writes, or `#7 0.312 `, as BuildKit does. */
const IN_FRONT = /^(?:[\w.-]+\s+\| |#\d+ (?:\d+\.\d+ )?)/;

/** How to call a command, what a terminal shows of keys, and the part of a Dockerfile. */
const HINT =
  /^(?:Usage: |Run '.*' for more information|See '.*'|For more help|-{3,}$|\d+ \| |(?:\^[A-Z\\])+$)/;

/** `figlet: : Unable to open font file` */
const BY_PROGRAM = /^[\w./+-]+: \S/;

/** The status of a command that ^C has ended: 128 + SIGINT. */
const INTERRUPTED = 130;

/** Where a step prints the status (`…; echo $?`), the status is what it prints. */
function asEnded({ typed, exit, output }: Ended) {
  const lines = output.filter((line) => line.trim() !== '');
  const printed = /^\d+$/.exec(lines.at(-1) ?? '')?.[0];
  return printed !== undefined && /;\s*echo \$\?\s*$/.test(typed)
    ? { status: Number(printed), output: lines.slice(0, -1) }
    : { status: exit, output: lines };
}
