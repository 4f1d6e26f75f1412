import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OnProgress } from '../lab/index.ts';
import { download } from './inputs/download.ts';
import { type InputsLock, pinned } from './inputs/lock.ts';
import { run } from './run.ts';
import { hashFiles, hashOf, step } from './step.ts';

const HERE = new URL('kernel/', import.meta.url);
/** Number of lines that make prints: files that are made from the sources. */
const FILES = 1880;

/**
 * Compiles the kernel, about five minutes on two cores.
 * @returns path of the kernel
 */
export async function compileKernel(
  lock: InputsLock,
  report: OnProgress,
  signal: AbortSignal,
): Promise<string> {
  const source = pinned(lock.machine, 'linux-source-6.12');
  const inputs = hashOf(source.sha256, await hashFiles(HERE, ['fragment.config', 'build.sh']));
  const built = await step('kernel', inputs, async (folder, share) => {
    const package_ = await download(lock, source, report, signal);
    let files = 0;
    await run(
      'sh',
      [
        fileURLToPath(new URL('build.sh', HERE)),
        package_,
        fileURLToPath(new URL('fragment.config', HERE)),
        String(availableParallelism()),
        String(lock.epoch),
        folder,
      ],
      {
        signal,
        line: (line) => {
          if (!/^ {2}[A-Z]/.test(line) || ++files % 50 > 0) return;
          report(`compiling the kernel, once: ${files} of about ${FILES} files`);
          share(Math.min(1, files / FILES));
        },
      },
    );
  });
  return join(built, 'bzImage');
}
