import { fileURLToPath } from 'node:url';
import type { Report } from '../lab/index.ts';
import { BuildError, run } from './run.ts';
import type { MachineParts } from './state.ts';

const PROGRAM = fileURLToPath(new URL('save-state.ts', import.meta.url));

/** What is to be saved. */
export interface Saving {
  readonly parts: MachineParts;
  /** Path of the state to go on with, which is then prepared for readers; the machine is booted if absent. */
  readonly booted?: string;
  /** Receives `state.bin` of a machine that was booted, or `state.bin.zst` and `facts.json` of one that was prepared. */
  readonly folder: string;
}

/**
 * Saves a state of the machine in a process of its own, which ends when the signal is raised: neither the emulator nor zstd,
 * which packs the state for a minute or more, could be stopped halfway in this one.
 * @throws {BuildError} if it cannot be saved
 */
export async function saveState(
  saving: Saving,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  try {
    await run(process.execPath, [PROGRAM, JSON.stringify(saving)], { signal, line: report });
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    throw new BuildError("the machine's state could not be saved", error.log);
  }
}
