import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseIndex, type IndexedPackage } from './archive.ts';
import { BuildError, run } from '../run.ts';

/** A suite of one of Debian's archives. */
export interface Suite {
  readonly archive: string;
  /** Such as `trixie-security`. */
  readonly name: string;
  /** Names of the only packages that are used; if absent, all are. */
  readonly only?: readonly string[];
}

/** The signed contents of a suite. */
export interface SuiteIndex {
  readonly packages: readonly IndexedPackage[];
  /** When the suite was last changed, in seconds. */
  readonly changed: number;
}

/** Keys with which Debian signs its archives, from the package debian-archive-keyring. */
export const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** Advice for an index that apt refuses, by the message of apt; the first match is used. */
const ADVICE: readonly (readonly [said: RegExp, advice: string])[] = [
  [/not valid yet/, 'Check the clock of this machine (`date`)'],
  [
    /expired/,
    'Check the clock of this machine (`date`). If it is right, the mirror serves an ' +
      'old index: try again later, or from another network',
  ],
  [
    /unexpected size|Hash Sum mismatch/,
    'If the mirror is being updated, try again in a few minutes. If the problem ' +
      'persists, use another network: somebody may be tampering with this one',
  ],
  [
    /not signed|signature|NOSPLIT|NODATA|public key|OpenPGP/i,
    'Check that the keys are current (`apt-get install debian-archive-keyring`). If they are, ' +
      'use another network: somebody may be tampering with this one',
  ],
];
const OTHERWISE = "Check that this machine can reach Debian's archive, and try again";

/**
 * Fetches the index of an architecture with apt. Its settings are independent of those of this
 * machine: it accepts only an index that is signed by Debian and has not expired.
 * @param keyring path of the trusted keys
 * @throws {BuildError} if the archive does not have it, or apt refuses it
 */
export async function fetchIndex(
  { archive, name, only }: Suite,
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
    const packages = parseIndex(index, archive);
    const used = only === undefined ? packages : packages.filter((one) => only.includes(one.name));
    return { packages: used, changed };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** Writes settings that make apt work in a folder, as on a machine without packages. */
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
    // An index that cannot be fetched is an error, not a warning.
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
    // apt prints this if it continued after an error.
    .filter((reason) => !reason.startsWith('Some index files failed to download'));
  const why = reasons.length === 0 ? message : reasons.join('\n  ');
  const advice = ADVICE.find(([said]) => said.test(log))?.[1] ?? OTHERWISE;
  return new BuildError(
    `the package index of ${name} at ${archive} was refused and is not used:\n` +
      `  ${why}\n${advice}`,
  );
}
