import { fileURLToPath } from 'node:url';
import type { OnProgress } from '../lab/index.ts';
import { BuildError, run } from './run.ts';
import type { MachineParts } from './state.ts';

const PROGRAM = fileURLToPath(new URL('save-state.ts', import.meta.url));

export interface Saving {
  readonly parts: MachineParts;
  /** Path of a state to resume and prepare for readers; if absent, the machine is booted. */
  readonly booted?: string;
  /**
   * Output: `state.bin` of a booted machine, or `state.bin.zst` and `facts.json` of a prepared one.
   */
  readonly folder: string;
}

/**
 * Saves a state of the machine in a separate process, which ends when the signal is aborted. In
 * this process, neither the emulator nor zstd, which takes a minute or more, could be stopped
 * halfway.
 * @throws {BuildError} if it cannot be saved
 */
export async function saveState(
  saving: Saving,
  report: OnProgress,
  signal: AbortSignal,
): Promise<void> {
  try {
    await run(process.execPath, [PROGRAM, JSON.stringify(saving)], { signal, line: report });
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    throw new BuildError("the machine's state could not be saved", error.log);
  }
}
