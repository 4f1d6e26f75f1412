import type { Step } from './model.ts';

/** A command that removes more than it names, or lets something change the whole machine. */
export interface FarReaching {
  /** 1-based line. */
  readonly line: number;
  /** The part of the command that reaches so far. */
  readonly text: string;
}

/** An option of one command, not one of the next. */
const OPTIONS = String.raw`(?:\s+-[^\s;&|]+(?:=\S+)?)*`;

/**
 * What reaches beyond the things that it names: `prune` of any kind, a removal whose names come out
 * of another command, `down` with the volumes of a project, a change of the firewall, and a
 * container that can do with the machine what root can.
 */
const FAR_REACHING: readonly RegExp[] = [
  // docker system prune: https://docs.docker.com/reference/cli/docker/system/prune/
  /\bdocker\s+(?:(?:system|container|image|volume|network|builder|buildx)\s+)prune\b/,
  new RegExp(
    String.raw`\bdocker\s+(?:(?:container|image|volume|network)\s+)?(?:rm|rmi|kill|stop|remove)${OPTIONS}\s+(?:\$\(|` +
      '`)',
  ),
  new RegExp(String.raw`\|\s*xargs${OPTIONS}\s+docker\s+(?:\w+\s+)?(?:rm|rmi|kill|stop)\b`),
  // docker compose down --volumes: https://docs.docker.com/reference/cli/docker/compose/down/
  /\bdocker(?:\s+|-)compose\s[^;&|]*\bdown\b[^;&|]*\s(?:-v|--volumes|--rmi)\b/,
  // Not -L and -S, which only list rules: https://man7.org/linux/man-pages/man8/iptables.8.html
  /\bip6?tables(?:\s+-t\s+\w+)?\s+-[ADFINPRX]\b/,
  // docker run --privileged, the Engine's socket, all files of the machine:
  // https://docs.docker.com/engine/security/#docker-daemon-attack-surface
  /\bdocker\s[^;&|]*\s--privileged\b/,
  /\bdocker\s[^;&|]*\s(?:-v|--volume)[\s=](?:[^\s:]*\bdocker\.sock|\/):/,
  /\bdocker\s[^;&|]*\s--mount[\s=]\S*\b(?:source|src)=(?:\S*\bdocker\.sock|\/)(?=,|\s|$)/,
];

/** The commands of a step that reach what readers may have besides the things of the lesson. */
export function farReaching(step: Pick<Step, 'commands' | 'options'>): FarReaching[] {
  // A question that is answered with "no" removes nothing.
  if (/^[nN]/.test(step.options.until?.keys ?? '')) return [];
  return step.commands.flatMap(({ line, lines }) => {
    const typed = lines.join('\n').replace(/\\\n/g, ' ');
    const found = FAR_REACHING.map((pattern) => pattern.exec(typed)?.[0]).find(Boolean);
    return found === undefined ? [] : [{ line, text: found.trim() }];
  });
}
