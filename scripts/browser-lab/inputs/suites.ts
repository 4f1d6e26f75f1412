import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseIndex, type IndexedPackage } from './archive.ts';
import { BuildError, run } from '../run.ts';

/** A suite of one of Debian's archives. */
export interface Suite {
  /** Address of the archive. */
  readonly archive: string;
  /** Such as `trixie-security`. */
  readonly name: string;
}

/** What a suite holds, as Debian has signed it. */
export interface SuiteIndex {
  readonly packages: readonly IndexedPackage[];
  /** When the suite was last changed, in seconds. */
  readonly changed: number;
}

/** The keys with which Debian signs its archives, from its package debian-archive-keyring. */
export const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** What to do about an index that apt refuses, by what apt says; the first that matches counts. */
const ADVICE: readonly (readonly [said: RegExp, advice: string])[] = [
  [/not valid yet/, 'See whether the clock of this machine is right (`date`)'],
  [
    /expired/,
    'See whether the clock of this machine is right (`date`); if it is, the mirror serves an ' +
      'old index: try again later, or from another network',
  ],
  [
    /unexpected size|Hash Sum mismatch/,
    'A mirror that is being updated has the right file in a few minutes: try again then. If it ' +
      'stays so, use another network: somebody may be tampering with it',
  ],
  [
    /not signed|signature|NOSPLIT|NODATA|public key|OpenPGP/i,
    'See whether the keys are current (`apt-get install debian-archive-keyring`); if they are, ' +
      'use another network: somebody may be tampering with it',
  ],
];
const OTHERWISE = "See whether this machine reaches Debian's archive, and try again";

/**
 * Fetches the index of an architecture. apt does it, with settings of its own: it takes only what
 * Debian has signed and what has not expired, whatever this machine's own apt is told.
 * @param keyring path of the keys that count
 * @throws {BuildError} if the archive does not have it, or apt refuses it
 */
export async function fetchIndex(
  { archive, name }: Suite,
  architecture: string,
  signal: AbortSignal,
  keyring = KEYRING,
): Promise<SuiteIndex> {
  const root = await mkdtemp(join(tmpdir(), 'you-like-docker-apt-'));
  try {
    await writeSettings(root, architecture);
    const source = `deb [signed-by=${keyring}] ${archive} ${name} main\n`;
    await writeFile(join(root, 'etc/apt/sources.list'), source);
    const env = { APT_CONFIG: join(root, 'apt.conf') };
    await run('apt-get', ['update'], { env, signal }).catch((error: unknown) => {
      throw error instanceof BuildError ? refused({ archive, name }, error) : error;
    });
    const [index, release] = await Promise.all([
      readList(root, '_Packages'),
      readList(root, '_InRelease'),
    ]);
    const changed = Date.parse(/^Date: (.*)$/m.exec(release)?.[1] ?? '') / 1000;
    return { packages: parseIndex(index, archive), changed };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** Makes apt work in a folder, as on a machine without packages. */
async function writeSettings(root: string, architecture: string): Promise<void> {
  for (const folder of ['etc/apt/apt.conf.d', 'etc/apt/preferences.d', 'var/lib/dpkg'])
    await mkdir(join(root, folder), { recursive: true });
  await writeFile(join(root, 'var/lib/dpkg/status'), '');
  const settings = [
    `Dir "${root}/";`,
    `APT::Architecture "${architecture}";`,
    `APT::Architectures { "${architecture}"; };`,
    // Another user could not write into the folder.
    'APT::Sandbox::User "root";',
    // An index that could not be had is an error, not a warning.
    'APT::Update::Error-Mode "any";',
    'Acquire::Languages "none";',
  ];
  await writeFile(join(root, 'apt.conf'), `${settings.join('\n')}\n`);
}

async function readList(root: string, ending: string): Promise<string> {
  const lists = join(root, 'var/lib/apt/lists');
  const name = (await readdir(lists)).find((entry) => entry.endsWith(ending));
  if (name !== undefined) return readFile(join(lists, name), 'utf8');
  throw new BuildError(`apt-get update has left no file *${ending} in ${lists}: report this`);
}

function refused({ archive, name }: Suite, { message, log }: BuildError): BuildError {
  const reasons = log
    .split('\n')
    .flatMap((line) => /^[EW]: +(.*)$/.exec(line)?.[1] ?? [])
    // Of an apt that went on.
    .filter((reason) => !reason.startsWith('Some index files failed to download'));
  const why = reasons.length === 0 ? message : reasons.join('\n  ');
  const advice = ADVICE.find(([said]) => said.test(log))?.[1] ?? OTHERWISE;
  return new BuildError(
    `the package index of ${name} at ${archive} is refused, and nothing of it is used:\n` +
      `  ${why}\n${advice}`,
  );
}
