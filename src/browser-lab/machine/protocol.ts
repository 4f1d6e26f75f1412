import type { VmManifest } from '../format/manifest.ts';

/** What the page asks of the worker in which the machine runs. */
export type ToWorker =
  /** Loads the files and starts. `base` is the address of the manifest's folder, with the slash at its end. */
  | { readonly kind: 'start'; readonly base: string; readonly manifest: VmManifest }
  /** Types into a serial line. */
  | { readonly kind: 'input'; readonly serial: number; readonly bytes: Uint8Array }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  /** Fetches what is missing of the disk, for reading without a network. */
  | { readonly kind: 'keep' }
  | { readonly kind: 'measure' };

/** What the worker tells the page. */
export type FromWorker =
  | { readonly kind: 'loading'; readonly loaded: number; readonly total: number }
  /** The machine runs, from the saved state. */
  | { readonly kind: 'started' }
  | { readonly kind: 'output'; readonly serial: number; readonly bytes: Uint8Array }
  /** How much of the disk is kept, in bytes; with `done`, whether all of it is. */
  | { readonly kind: 'kept'; readonly bytes: number; readonly done: boolean }
  /** Not all of the disk can be kept. The machine goes on. */
  | { readonly kind: 'not-kept'; readonly message: string }
  | { readonly kind: 'measured'; readonly figures: Figures }
  /** The guest waits for a part of its disk that cannot be had now. */
  | { readonly kind: 'waiting' }
  /** It has the part that it waited for. */
  | { readonly kind: 'goes-on' }
  /** The machine cannot go on. */
  | { readonly kind: 'fault'; readonly message: string };

/** What the machine took so far. */
export interface Figures {
  /** Bytes that came over the network. */
  readonly network: number;
  /** Parts of the disk that were read, from wherever. */
  readonly parts: number;
  /** Memory of the emulator, in bytes: the guest's and its own. */
  readonly memory: number;
}
