import { existsSync } from 'node:fs';
import { canInstallPackages, hasProgram, installPackages } from '../lab/outer-engine/packages.ts';
import type { OnProgress } from '../lab/index.ts';
import { BuildError } from './run.ts';
import { KEYRING } from './inputs/suites.ts';

/** Programs and files that the build needs, and the Debian and Ubuntu packages that have them. */
const TOOLS: readonly (readonly [programOrFile: string, packages: readonly string[]])[] = [
  ['gcc', ['gcc']],
  ['/usr/include/stdio.h', ['libc6-dev']],
  ['/usr/include/gelf.h', ['libelf-dev']],
  ['make', ['make']],
  ['flex', ['flex']],
  ['bison', ['bison']],
  ['bc', ['bc']],
  ['xz', ['xz-utils']],
  ['mke2fs', ['e2fsprogs']],
  ['mmdebstrap', ['mmdebstrap']],
  ['arch-test', ['arch-test']],
  [KEYRING, ['debian-archive-keyring']],
];

/** Why the browser lab cannot be built on this machine; undefined if it can. */
export async function whyNotHere(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return (
      'the browser lab is built on Linux for x86-64, which can run its programs, and this is ' +
      `${process.platform} on ${process.arch}`
    );
  if (process.getuid?.() !== 0)
    return 'the browser lab is built by root (`sudo npm run vm`), because the files of its disk belong to root';
  const missing = await missingTools();
  if (missing.length === 0 || (await canInstallPackages())) return undefined;
  return `${missing.map(([name]) => name).join(', ')} not found, and there is no apt-get to install them`;
}

/**
 * Installs missing tools of the build.
 * @throws {BuildError} unless this is root on Debian or Ubuntu for x86-64
 */
export async function installTools(report: OnProgress, signal: AbortSignal): Promise<void> {
  const why = await whyNotHere();
  if (why !== undefined)
    throw new BuildError(`${why}. The site is complete without it, and a release has it as a file`);
  const missing = await missingTools();
  if (missing.length === 0) return;
  await installPackages(
    missing.flatMap(([, packages]) => packages),
    report,
    signal,
  );
}

async function missingTools(): Promise<typeof TOOLS> {
  const present = await Promise.all(TOOLS.map(([name]) => isThere(name)));
  return TOOLS.filter((_, index) => present[index] === false);
}

async function isThere(programOrFile: string): Promise<boolean> {
  return programOrFile.startsWith('/') ? existsSync(programOrFile) : hasProgram(programOrFile);
}
