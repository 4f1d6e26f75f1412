import type { VmManifest } from '../format/manifest.ts';

/** Messages from the page to the worker in which the machine runs. */
export type ToWorker =
  /**
   * Loads the files and starts. `base` is the address of the manifest's folder, with a trailing
   * slash.
   */
  | {
      readonly kind: 'start';
      readonly base: string;
      readonly manifest: VmManifest;
      /** Whose saved state is resumed and whose changes are saved. */
      readonly lesson: string;
      /** Whether the saved state is deleted first. */
      readonly isReset: boolean;
    }
  /** Types into a serial line. */
  | { readonly kind: 'input'; readonly serial: number; readonly bytes: Uint8Array }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  /** Stores the missing parts of the disk for offline use. */
  | { readonly kind: 'keep' }
  /** Saves the state of the machine in the browser, with notes for the page that resumes it. */
  | { readonly kind: 'save'; readonly notes: readonly string[] }
  /** Deletes the saved states of all lessons, and saves nothing more. */
  | { readonly kind: 'forget' }
  | { readonly kind: 'measure' };

/** Messages from the worker to the page. */
export type FromWorker =
  | { readonly kind: 'loading'; readonly loaded: number; readonly total: number }
  /** The machine runs. */
  | { readonly kind: 'started'; readonly resumed: Resumed | undefined }
  | ({ readonly kind: 'saved' } & Saved)
  /** The state cannot be saved. The machine continues. */
  | { readonly kind: 'not-saved'; readonly message: string }
  | { readonly kind: 'output'; readonly serial: number; readonly bytes: Uint8Array }
  /** How much of the disk is stored, in bytes; `done` if all of it is. */
  | { readonly kind: 'kept'; readonly bytes: number; readonly done: boolean }
  /** The disk cannot be stored completely. The machine continues. */
  | { readonly kind: 'not-kept'; readonly message: string }
  | { readonly kind: 'measured'; readonly figures: Figures }
  /** The guest is waiting for a part of its disk that is not available now. */
  | { readonly kind: 'waiting' }
  /** The part is available again. */
  | { readonly kind: 'resumed' }
  /** The machine cannot continue. */
  | { readonly kind: 'fault'; readonly message: string };

/** What is done about each kind of message from the worker. */
export type Handlers<Kind extends FromWorker['kind'] = FromWorker['kind']> = {
  readonly [Each in Kind]: (message: Extract<FromWorker, { readonly kind: Each }>) => void;
};

/** What a reader's saved machine brings along. */
export interface Resumed {
  /** The end of what its terminal had received. */
  readonly screen: Uint8Array;
  readonly notes: readonly string[];
}

/** What saving the state has taken. */
export interface Saved {
  /** Size in the browser, in bytes. */
  readonly bytes: number;
  /** For how long the machine stopped, in milliseconds. */
  readonly stopped: number;
}

/** Bytes that saved states take up in the browser. */
export interface SavedSizes {
  readonly lesson: number;
  /** Of all lessons. */
  readonly all: number;
}

/** Resources used by the machine so far. */
export interface Figures {
  /** Bytes loaded over the network. */
  readonly network: number;
  /** Number of parts of the disk that were read, from cache or network. */
  readonly parts: number;
  /** Memory of the emulator including the guest's, in bytes. */
  readonly memory: number;
  /** Undefined if the browser stores nothing. */
  readonly saved: SavedSizes | undefined;
}
