import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OnProgress } from '../lab/index.ts';
import { download } from './inputs/download.ts';
import { type InputsLock, pinned } from './inputs/lock.ts';
import { run } from './run.ts';
import { step } from './step.ts';

/** Paths of the BIOS and the VGA BIOS of the machine. */
export interface Bios {
  readonly bios: string;
  readonly vgaBios: string;
}

/** Takes both from the Debian package seabios. */
export async function takeBios(
  lock: InputsLock,
  report: OnProgress,
  signal: AbortSignal,
): Promise<Bios> {
  const seabios = pinned(lock.machine, 'seabios');
  const result = await step('bios', seabios.sha256, async (folder) => {
    const unpacked = join(folder, 'unpacked');
    await run('dpkg-deb', ['-x', await download(lock, seabios, report, signal), unpacked], {
      signal,
    });
    for (const name of ['bios.bin', 'vgabios-stdvga.bin'])
      await copyFile(join(unpacked, 'usr/share/seabios', name), join(folder, name));
  });
  return { bios: join(result, 'bios.bin'), vgaBios: join(result, 'vgabios-stdvga.bin') };
}
