/**
 * Twenty quick commands: half bash builtins, half programs. None of them reads input, prints much,
 * or takes longer than its startup.
 */
export const QUICK: readonly string[] = [
  'true',
  'echo one',
  'pwd',
  "printf '%s\\n' a b c",
  'x=1; echo $x',
  'type cd',
  'echo $((6 * 7))',
  'cd /tmp',
  'test -d /etc && echo yes',
  'cd - > /dev/null',
  'ls /',
  'cat /etc/hostname',
  'uname -s',
  'id -un',
  'wc -l /etc/passwd',
  'head -n 2 /etc/passwd',
  'date +%Y',
  'seq 3',
  'basename /a/b',
  'sort /etc/passwd | tail -n 1',
];

/** A script that prints the run time of the commands on stderr, in microseconds. */
export function timedScript(commands: readonly string[]): string {
  return [
    'from=$EPOCHREALTIME',
    ...commands,
    'to=$EPOCHREALTIME',
    'echo $((${to/./} - ${from/./})) >&2',
    '',
  ].join('\n');
}
