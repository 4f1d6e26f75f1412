/** A docker command that a typed text runs. */
export interface DockerCall {
  /** `docker run`, `docker image ls`; `docker --version` and the like with the option. */
  readonly name: string;
  /** What follows the name, as typed: options and arguments, up to the end of the command. */
  readonly words: readonly string[];
}

/**
 * The docker commands that a typed text runs, in order. Words in quotes, in the prose of heredocs
 * or after other commands do not count as commands.
 */
export function dockerCalls(typed: string): DockerCall[] {
  const tokens = typed.replace(/\\\n/g, ' ').match(TOKEN) ?? [];
  return tokens.flatMap((token, index) => {
    if (token !== 'docker' || !startsCommand(tokens.slice(0, index))) return [];
    const rest = tokens.slice(index + 1);
    const end = rest.findIndex((word) => SEPARATORS.has(word) || word === ')');
    return callOf(end < 0 ? rest : rest.slice(0, end));
  });
}

/** The names of the docker commands that a typed text runs, each once, in order. */
export function dockerCommands(typed: string): string[] {
  return [...new Set(dockerCalls(typed).map(({ name }) => name))];
}

/** Command separators, and words, which may have quoted parts. */
const TOKEN = /\$\(|[;&|()`\n]|(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s;&|()`"'])+/g;
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
/** Options of `docker compose` itself that take a value (docker compose --help). */
const VALUED_BY_COMPOSE = new Set([
  '-f',
  '--file',
  '-p',
  '--project-name',
  '--profile',
  '--env-file',
  '--project-directory',
  '--ansi',
  '--progress',
  '--parallel',
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

function callOf(rest: readonly string[]): DockerCall {
  const words: string[] = [];
  for (let index = 0; index < rest.length; index++) {
    const token = rest[index] ?? '';
    if ((words[0] === 'compose' ? VALUED_BY_COMPOSE : VALUED).has(token)) index++;
    else if (token.startsWith('-')) {
      if (words.length === 0 && /^(-v|--version|--help)$/.test(token))
        return { name: `docker ${token}`, words: rest.slice(index + 1) };
    } else {
      words.push(token);
      if (words.length === 2 || !GROUPS.has(token))
        return { name: ['docker', ...words].join(' '), words: rest.slice(index + 1) };
    }
  }
  return { name: ['docker', ...words].join(' '), words: [] };
}
