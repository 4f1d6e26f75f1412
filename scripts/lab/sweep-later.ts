import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { self } from '../../src/process/owner.ts';

/** Lets a process of its own take away all labs of this one, and the Engine, as soon as this one has ended. */
export function sweepLater(): void {
  spawn(process.execPath, [join(import.meta.dirname, 'sweep.ts'), self()], {
    detached: true,
    stdio: 'ignore',
  }).unref();
}
