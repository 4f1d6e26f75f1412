/**
 * The properties of a browser that determine whether it can run the machine; unknown ones are
 * undefined.
 */
export interface Browser {
  readonly webAssembly: boolean;
  readonly workers: boolean;
  /** Memory of the device in GiB, rounded and at most 8, as in `navigator.deviceMemory`. */
  readonly memory: number | undefined;
  /** Whether the reader wants to save data. */
  readonly savesData: boolean;
}

/** Whether the machine can be started: immediately, after a question, or not at all. */
export type Capability =
  | { readonly kind: 'able' }
  /** There is little memory, or the reader wants to save data. */
  | { readonly kind: 'ask'; readonly why: 'memory' | 'data' }
  | { readonly kind: 'unable'; readonly why: 'webAssembly' | 'workers' };

/**
 * GiB. The guest has 256 MB, the compiled code and the page need some hundred more: a device with 1
 * GiB may not have enough.
 */
const ENOUGH_MEMORY = 2;

export function capability({ webAssembly, workers, memory, savesData }: Browser): Capability {
  if (!webAssembly) return { kind: 'unable', why: 'webAssembly' };
  if (!workers) return { kind: 'unable', why: 'workers' };
  if (memory !== undefined && memory < ENOUGH_MEMORY) return { kind: 'ask', why: 'memory' };
  return savesData ? { kind: 'ask', why: 'data' } : { kind: 'able' };
}

/** This browser. */
export function thisBrowser(): Browser {
  const { deviceMemory, connection } = navigator as {
    deviceMemory?: number;
    connection?: { saveData?: boolean };
  };
  return {
    webAssembly: typeof WebAssembly === 'object',
    workers: typeof Worker === 'function',
    memory: deviceMemory,
    savesData: connection?.saveData === true,
  };
}
