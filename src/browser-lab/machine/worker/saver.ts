import type { Saved, SavedSizes } from '../protocol.ts';
import type { Machine } from './machine.ts';
import { StateStore, type MachineChange } from './state-store.ts';

/** Milliseconds after which a save that met a disk read is tried again, and how often. */
const [RETRY, TRIES] = [100, 50];

/** A state could not be saved. */
export class SaveFault extends Error {
  override readonly name = 'SaveFault';
}

/** Saves the state of a lesson's machine in the browser, and loads it. */
export class Saver {
  private readonly store: StateStore | Error;
  private isOff = false;

  private constructor(store: StateStore | Error) {
    this.store = store;
  }

  /** Never fails; if the browser stores nothing, saving does. */
  static async open(base: string, lesson: string, shipped: string): Promise<Saver> {
    return new Saver(await StateStore.open(base, lesson, shipped).catch(toError));
  }

  /** What was saved; undefined if nothing was, or if it cannot be read. */
  async load(): Promise<MachineChange | undefined> {
    if (this.store instanceof Error) return undefined;
    return this.store.load().catch(() => undefined);
  }

  /**
   * Saves the state of the machine, which stops meanwhile.
   * @param notes for the page that loads it
   * @returns undefined if saving has ended
   * @throws {SaveFault} if it cannot be saved
   */
  async save(machine: Machine, notes: readonly string[]): Promise<Saved | undefined> {
    if (this.hasEnded()) return undefined;
    if (this.store instanceof Error) throw new SaveFault(this.store.message);
    for (let tries = 0; tries < TRIES; tries++) {
      const start = performance.now();
      const change = await machine.changes();
      if (change === undefined) {
        await new Promise((resolve) => setTimeout(resolve, RETRY));
        continue;
      }
      const stopped = performance.now() - start;
      try {
        const bytes = await this.store.save({ ...change, notes });
        if (!this.hasEnded()) return { bytes, stopped };
        // Everything was deleted meanwhile.
        await this.forgetAll();
        return undefined;
      } catch (error) {
        throw new SaveFault(toError(error).message);
      }
    }
    throw new SaveFault('the machine reads from its disk all the time');
  }

  private hasEnded(): boolean {
    return this.isOff;
  }

  /** Deletes what was saved for this lesson. */
  async forget(): Promise<void> {
    if (this.store instanceof StateStore) await this.store.forget().catch(() => undefined);
  }

  /** Deletes what was saved for all lessons, and saves nothing more. */
  async forgetAll(): Promise<void> {
    this.isOff = true;
    if (this.store instanceof StateStore) await this.store.forgetAll().catch(() => undefined);
  }

  /** What is saved; undefined if the browser stores nothing. */
  async sizes(): Promise<SavedSizes | undefined> {
    if (this.store instanceof Error) return undefined;
    return this.store.sizes().catch(() => undefined);
  }
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
