/**
 * Twenty quick commands: half of them builtins of bash, half programs. None asks for anything, prints
 * much, or takes longer than its own start.
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

/** Prints, on standard error, how many microseconds it took to run what stands between. */
export function timedScript(commands: readonly string[]): string {
  return [
    'from=$EPOCHREALTIME',
    ...commands,
    'to=$EPOCHREALTIME',
    'echo $((${to/./} - ${from/./})) >&2',
    '',
  ].join('\n');
}
