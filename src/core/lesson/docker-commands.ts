/**
 * The docker commands that a typed text runs, such as `docker run` or `docker image ls`, in order.
 * Words in quotes, in the prose of heredocs or after other commands do not count as commands.
 */
export function dockerCommands(typed: string): string[] {
  const tokens = typed.replace(/\\\n/g, ' ').match(TOKEN) ?? [];
  const found: string[] = [];
  tokens.forEach((token, index) => {
    if (token !== 'docker' || !startsCommand(tokens.slice(0, index))) return;
    const name = commandName(tokens.slice(index + 1));
    if (!found.includes(name)) found.push(name);
  });
  return found;
}

/** Quoted strings, command separators and words. */
const TOKEN = /"(?:[^"\\]|\\.)*"|'[^']*'|\$\(|[;&|()`\n]|[^\s;&|()`"']+/g;
const SEPARATORS = new Set([';', '&', '|', '(', '$(', '`', '\n', '!', '{']);
/** Words after which a command follows. */
const PREFIXES = new Set([
  'time',
  'sudo',
  'exec',
  'xargs',
  'nohup',
  'env',
  'if',
  'then',
  'else',
  'while',
  'until',
  'do',
]);
/** Options of `docker` itself that take a value (docker --help). */
const VALUED = new Set([
  '-H',
  '--host',
  '-c',
  '--context',
  '-l',
  '--log-level',
  '--config',
  '--tlscacert',
  '--tlscert',
  '--tlskey',
]);
/** Commands that have subcommands (docker --help, "Management Commands"). */
const GROUPS = new Set([
  'builder', 'buildx', 'checkpoint', 'compose', 'config', 'container', 'context', 'image',
  'manifest', 'network', 'node', 'plugin', 'secret', 'service', 'stack', 'swarm', 'system',
  'trust', 'volume',
]); // prettier-ignore

function startsCommand(before: readonly string[]): boolean {
  const last = before.findLast((token) => !/^(\w+=.*|-\S+)$/.test(token));
  return last === undefined || SEPARATORS.has(last) || PREFIXES.has(last);
}

function commandName(rest: readonly string[]): string {
  const words: string[] = [];
  for (let index = 0; index < rest.length; index++) {
    const token = rest[index] ?? '';
    if (SEPARATORS.has(token) || token === ')') break;
    if (VALUED.has(token)) index++;
    else if (token.startsWith('-')) {
      if (words.length === 0 && /^(-v|--version|--help)$/.test(token)) return `docker ${token}`;
    } else {
      words.push(token);
      if (words.length === 2 || !GROUPS.has(token)) break;
    }
  }
  return ['docker', ...words].join(' ');
}
