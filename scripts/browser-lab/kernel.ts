import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OnProgress } from '../lab/index.ts';
import { download } from './inputs/download.ts';
import { type InputsLock, pinned } from './inputs/lock.ts';
import { run } from './run.ts';
import { hashFiles, hashOf, step } from './step.ts';

const HERE = new URL('kernel/', import.meta.url);
const HOOK = new URL('hook/', import.meta.url);

const PROGRAMS = ['runtime', 'set-key'];

/** Number of lines that make prints: files that are made from the sources. */
const FILES = 1700;

/** What is compiled: paths. */
export interface Compiled {
  readonly kernel: string;
  /** Folder of the two programs of `hook`. */
  readonly hooks: string;
}

/**
 * Compiles the kernel, about five minutes on two cores, and the two small programs, with the C
 * library that is a part of the kernel's source (tools/include/nolibc).
 */
export async function compile(
  lock: InputsLock,
  report: OnProgress,
  signal: AbortSignal,
): Promise<Compiled> {
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
  const hooks = await step(
    'hooks',
    hashOf(
      source.sha256,
      await hashFiles(
        HOOK,
        PROGRAMS.map((name) => `${name}.c`),
      ),
    ),
    async (folder) => {
      report('compiling the network hook');
      for (const name of PROGRAMS)
        await run(
          'gcc',
          [
            ...['-m32', '-Os', '-static', '-nostdlib', '-no-pie', '-s'],
            ...['-fno-stack-protector', '-fno-asynchronous-unwind-tables', '-fno-ident'],
            ...['-Wall', '-Wextra', '-Werror', '-I/usr/include/x86_64-linux-gnu'],
            ...['-include', join(built, 'nolibc/nolibc.h')],
            ...['-o', join(folder, name), fileURLToPath(new URL(`${name}.c`, HOOK))],
          ],
          { signal },
        );
    },
  );
  return { kernel: join(built, 'bzImage'), hooks };
}
