import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { self } from '../../src/process/owner.ts';

/**
 * Starts a background process that removes the labs of this process, and the Engine, when it ends.
 */
export function sweepLater(): void {
  spawn(process.execPath, [join(import.meta.dirname, 'sweep.ts'), self()], {
    detached: true,
    stdio: 'ignore',
  }).unref();
}
