import { compressed, decompressed } from '../../format/compression.ts';
import type { SavedSizes } from '../protocol.ts';
import type { MemoryChange } from './pages.ts';

/*
 * States of the machine in the browser's IndexedDB, one for each lesson. Unlike CacheStorage, it is
 * available without HTTPS as well. A state is stored in one transaction: another tab with the same
 * lesson replaces it as a whole, and the last one to save wins.
 */

/** States of so many lessons are stored; the oldest one makes place for another. */
const LESSONS = 8;

const STATES = 'states';
const SIZES = 'sizes';

/** What a lesson's machine has become since it was started. */
export interface MachineChange extends MemoryChange {
  /** v86's state without the memory. */
  readonly devices: Uint8Array<ArrayBuffer>;
  /** The end of the output of the reader's terminal. */
  readonly screen: Uint8Array<ArrayBuffer>;
  /** What the page knows about the machine. */
  readonly notes: readonly string[];
}

interface StoredState extends Pick<MachineChange, 'pages' | 'zeroed' | 'notes'> {
  readonly lesson: string;
  /** Sizes of what is packed: contents of the pages, devices, screen. */
  readonly sizes: readonly [number, number, number];
  readonly packed: ArrayBuffer;
}

/** What is known of a state without reading it. */
interface StoredSize {
  readonly lesson: string;
  /** Hash of the shipped state from which it differs. */
  readonly shipped: string;
  readonly bytes: number;
  readonly saved: Date;
}

/** The stored states. */
export class StateStore {
  private readonly database: IDBDatabase;
  private readonly lesson: string;
  private readonly shipped: string;

  private constructor(database: IDBDatabase, lesson: string, shipped: string) {
    this.database = database;
    this.lesson = lesson;
    this.shipped = shipped;
  }

  /**
   * Opens the states of a lab. Those of another shipped state are deleted.
   * @param base address of the lab's folder
   * @param lesson whose state is loaded and saved
   * @param shipped hash of the shipped state
   * @throws {DOMException} if the browser stores nothing
   */
  static async open(base: string, lesson: string, shipped: string): Promise<StateStore> {
    const request = indexedDB.open(`lab ${new URL(base).pathname}`, 1);
    request.addEventListener('upgradeneeded', () => {
      request.result.createObjectStore(STATES, { keyPath: 'lesson' });
      request.result.createObjectStore(SIZES, { keyPath: 'lesson' });
    });
    const store = new StateStore(await resultOf(request), lesson, shipped);
    await store.forgetWhere((size) => size.shipped !== shipped);
    return store;
  }

  /** The lesson's state; undefined if there is none. */
  async load(): Promise<MachineChange | undefined> {
    const { states } = this.stores('readonly');
    const stored = (await resultOf(states.get(this.lesson))) as StoredState | undefined;
    if (stored === undefined) return undefined;
    const { pages, zeroed, notes, sizes, packed } = stored;
    const bytes = new Uint8Array(await decompressed(packed));
    if (bytes.length !== sizes.reduce((sum, size) => sum + size, 0)) return undefined;
    const contents = bytes.subarray(0, sizes[0]);
    // Copies, because v86 expects a buffer of its own.
    const devices = bytes.slice(sizes[0], sizes[0] + sizes[1]);
    const screen = bytes.slice(sizes[0] + sizes[1]);
    return { pages, zeroed, notes, contents, devices, screen };
  }

  /**
   * Replaces the lesson's state.
   * @returns its size in bytes
   * @throws {DOMException} if the browser refuses the space
   */
  async save({ pages, zeroed, notes, ...change }: MachineChange): Promise<number> {
    const parts = [change.contents, change.devices, change.screen] as const;
    const packed = await compressed(parts);
    const { lesson, shipped } = this;
    const sizes = [parts[0].length, parts[1].length, parts[2].length] as const;
    const state: StoredState = { lesson, pages, zeroed, notes, sizes, packed };
    const bytes = packed.byteLength + pages.byteLength + zeroed.byteLength;
    const size: StoredSize = { lesson, shipped, bytes, saved: new Date() };
    await this.write(async ({ states, sizes: listed }) => {
      states.put(state);
      listed.put(size);
      const all = await sizesIn(listed);
      all.sort((one, other) => Number(other.saved) - Number(one.saved));
      return all.slice(LESSONS);
    });
    return bytes;
  }

  async sizes(): Promise<SavedSizes> {
    const all = await sizesIn(this.stores('readonly').sizes);
    const sum = (sizes: readonly StoredSize[]) =>
      sizes.reduce((total, { bytes }) => total + bytes, 0);
    return { lesson: sum(all.filter(({ lesson }) => lesson === this.lesson)), all: sum(all) };
  }

  /** Deletes the lesson's state. */
  forget(): Promise<void> {
    return this.forgetWhere(({ lesson }) => lesson === this.lesson);
  }

  /** Deletes all states. */
  forgetAll(): Promise<void> {
    return this.forgetWhere(() => true);
  }

  private async forgetWhere(isForgotten: (size: StoredSize) => boolean): Promise<void> {
    await this.write(async ({ sizes }) => (await sizesIn(sizes)).filter(isForgotten));
  }

  /**
   * Changes the stores in one transaction.
   * @param work returns which states are deleted
   */
  private async write(work: (stores: Stores) => Promise<readonly StoredSize[]>): Promise<void> {
    const stores = this.stores('readwrite');
    const done = completed(stores.states.transaction);
    // Fails as well if the transaction does.
    const deleted = work(stores).then((sizes) => {
      for (const { lesson } of sizes) {
        stores.states.delete(lesson);
        stores.sizes.delete(lesson);
      }
    });
    await Promise.all([done, deleted]);
  }

  private stores(mode: IDBTransactionMode): Stores {
    const transaction = this.database.transaction([STATES, SIZES], mode);
    return { states: transaction.objectStore(STATES), sizes: transaction.objectStore(SIZES) };
  }
}

interface Stores {
  readonly states: IDBObjectStore;
  readonly sizes: IDBObjectStore;
}

async function sizesIn(sizes: IDBObjectStore): Promise<StoredSize[]> {
  return resultOf(sizes.getAll()) as Promise<StoredSize[]>;
}

function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB failed')));
  });
}

function completed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = () => reject(transaction.error ?? new Error('IndexedDB failed'));
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('error', fail);
    // Without an error before it if there is no space.
    transaction.addEventListener('abort', fail);
  });
}
