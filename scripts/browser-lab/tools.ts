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

/**
 * Installs missing tools of the build.
 * @throws {BuildError} unless this is root on Debian or Ubuntu for x86-64
 */
export async function installTools(report: OnProgress, signal: AbortSignal): Promise<void> {
  const present = await Promise.all(TOOLS.map(([name]) => isThere(name)));
  const missing = TOOLS.filter((_, index) => present[index] === false);
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new BuildError(
      `the browser lab is built on Linux for x86-64, which can run its programs; this is ${process.platform} on ${process.arch}. ` +
        'The site is complete without it, and a release has it as a file',
    );
  if (process.getuid?.() !== 0)
    throw new BuildError(
      'the browser lab is built by root: the files of its disk belong to root. Try `sudo npm run vm`',
    );
  if (missing.length === 0) return;
  if (!(await canInstallPackages()))
    throw new BuildError(
      `${missing.map(([name]) => name).join(', ')} not found, and there is no apt-get to install them`,
    );
  await installPackages(
    missing.flatMap(([, packages]) => packages),
    report,
    signal,
  );
}

async function isThere(programOrFile: string): Promise<boolean> {
  return programOrFile.startsWith('/') ? existsSync(programOrFile) : hasProgram(programOrFile);
}
