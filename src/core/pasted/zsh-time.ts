/**
 * The line that `time` writes in zsh: `%J  %U user %S system %P cpu %*E total`, the default of
 * `TIMEFMT`. https://zsh.sourceforge.io/Doc/Release/Parameters.html
 */
const ZSH_TIME = /(?:^|\s)(\d+\.\d+)s user (\d+\.\d+)s system \d+% cpu ([\d:]+\.\d+) total$/;

/**
 * A line as bash, the shell of the lessons, writes it: three lines for what zsh's `time` writes.
 */
export function timedAsInBash(line: string): readonly string[] {
  const [, user, system, total] = ZSH_TIME.exec(line) ?? [];
  if (user === undefined || system === undefined || total === undefined) return [line];
  return [
    `real    ${inMinutes(total)}`,
    `user    ${inMinutes(user)}`,
    `sys     ${inMinutes(system)}`,
  ];
}

/** @param clock seconds, perhaps after minutes and hours: `1:02.33` */
function inMinutes(clock: string): string {
  const seconds = clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return `${Math.floor(seconds / 60)}m${(seconds % 60).toFixed(3)}s`;
}
