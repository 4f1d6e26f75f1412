/** A Debian source package in one version. */
export interface SourcePackage {
  readonly name: string;
  readonly version: string;
}

/** What the control file of a binary package says about it and its source. */
export interface ControlFacts {
  readonly name: string;
  readonly version: string;
  readonly source: SourcePackage;
  /** Other sources whose code is part of its programs, such as statically linked libraries. */
  readonly contains: readonly SourcePackage[];
}

/**
 * Reads the control file of a binary package.
 * @see https://www.debian.org/doc/debian-policy/ch-controlfields.html
 */
export function controlFacts(control: string): ControlFacts {
  const fields = new Map<string, string>();
  // A line that starts with a space continues the field above it.
  for (const line of control.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const [, field = '', value = ''] = /^([A-Za-z0-9-]+):\s*(.*)$/.exec(line) ?? [];
    fields.set(field, value);
  }
  const name = fields.get('Package') ?? '';
  const version = fields.get('Version') ?? '';
  const contains = ['Built-Using', 'Static-Built-Using']
    .flatMap((field) => (fields.get(field) ?? '').split(','))
    .flatMap((one) => {
      const [, of, exactly] = /^\s*(\S+)\s+\(=\s*(\S+)\)\s*$/.exec(one) ?? [];
      return of === undefined || exactly === undefined ? [] : [{ name: of, version: exactly }];
    });
  return {
    name,
    version,
    source: sourceOf(fields.get('Source'), name, version),
    // A source may be in both fields.
    contains: [...new Map(contains.map((one) => [`${one.name} ${one.version}`, one])).values()],
  };
}

/** The field names the source only if its name or its version is not that of the package. */
function sourceOf(field: string | undefined, name: string, version: string): SourcePackage {
  const [, source = name, exactly = version] = /^(\S+)(?:\s+\((\S+)\))?/.exec(field ?? '') ?? [];
  return { name: source, version: exactly };
}

/** The page on which Debian's archive of all versions has the files of a source. */
export function snapshotOf({ name, version }: SourcePackage): string {
  return `https://snapshot.debian.org/package/${name}/${encodeURIComponent(version)}/`;
}

/**
 * The name of the file that lists the files of a source.
 * @see https://manpages.debian.org/dsc.5
 */
export function dscOf({ name, version }: SourcePackage): string {
  return `${name}_${version.replace(/^\d+:/, '')}.dsc`;
}
