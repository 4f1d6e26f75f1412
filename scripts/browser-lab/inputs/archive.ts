/**
 * A package in Debian's index.
 * @see https://www.debian.org/doc/debian-policy/ch-controlfields.html
 */
export interface IndexedPackage {
  readonly name: string;
  readonly version: string;
  /** Address of the archive that contains `path`. */
  readonly archive: string;
  readonly path: string;
  readonly sha256: string;
  readonly essential: boolean;
  readonly priority: string;
  /** Lists of alternatives: names without versions and architectures. */
  readonly depends: readonly (readonly string[])[];
  readonly provides: readonly string[];
}

/**
 * Parses an index.
 * @param archive address of the archive that it belongs to
 */
export function parseIndex(text: string, archive: string): IndexedPackage[] {
  const index: IndexedPackage[] = [];
  for (const stanza of text.split('\n\n')) {
    const fields = new Map(
      [...stanza.matchAll(/^([A-Za-z0-9-]+): (.*)$/gm)].map(([, key = '', value = '']) => [
        key,
        value,
      ]),
    );
    const name = fields.get('Package');
    if (name === undefined) continue;
    index.push({
      name,
      version: fields.get('Version') ?? '',
      archive,
      path: fields.get('Filename') ?? '',
      sha256: fields.get('SHA256') ?? '',
      essential: fields.get('Essential') === 'yes',
      priority: fields.get('Priority') ?? '',
      depends: [fields.get('Pre-Depends'), fields.get('Depends')].flatMap(relations),
      provides: relations(fields.get('Provides')).flat(),
    });
  }
  return index;
}

/** Parses `a (>= 1) | b:any, c` as `[[a, b], [c]]`. */
function relations(text: string | undefined): string[][] {
  if (text === undefined || text === '') return [];
  return text
    .split(',')
    .map((clause) => clause.split('|').map((one) => one.trim().replace(/[\s:(].*$/s, '')));
}

/**
 * Finds packages and all their dependencies. Among alternatives, one that is already chosen is
 * preferred, then the first one available.
 * @param without names to leave out, with everything that only they depend on
 * @throws {Error} if a name is not in the index
 */
export function withDependencies(
  index: ReadonlyMap<string, IndexedPackage>,
  names: readonly string[],
  without: ReadonlySet<string> = new Set(),
): IndexedPackage[] {
  const providers = new Map<string, IndexedPackage>();
  for (const candidate of index.values())
    for (const name of candidate.provides) if (!providers.has(name)) providers.set(name, candidate);
  const find = (name: string) => index.get(name) ?? providers.get(name);
  const chosen = new Map<string, IndexedPackage>();
  const isChosen = (name: string) =>
    chosen.has(name) || [...chosen.values()].some(({ provides }) => provides.includes(name));
  const wanted: (readonly string[])[] = names.map((name) => [name]);
  for (let clause = wanted.shift(); clause !== undefined; clause = wanted.shift()) {
    if (clause.some((name) => without.has(name) || isChosen(name))) continue;
    const found = clause.map(find).find((candidate) => candidate !== undefined);
    if (found === undefined)
      throw new Error(`Debian's index has no package ${clause.join(' or ')}`);
    chosen.set(found.name, found);
    wanted.push(...found.depends);
  }
  return [...chosen.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}
