/** What of a browser decides whether it can run the machine; what it does not tell is undefined. */
export interface Browser {
  readonly webAssembly: boolean;
  readonly workers: boolean;
  /** Memory of the device in GiB, rounded and at most 8, as `navigator.deviceMemory` tells it. */
  readonly memory: number | undefined;
  /** The reader wants to save data. */
  readonly savesData: boolean;
}

/** Whether the machine can be started: at once, after a question, or not at all. */
export type Capability =
  | { readonly kind: 'able' }
  /** `little` memory, or data to be saved. */
  | { readonly kind: 'ask'; readonly why: 'memory' | 'data' }
  | { readonly kind: 'unable'; readonly why: 'webAssembly' | 'workers' };

/** The guest has 256 MB, the compiled code and the page some hundred more: 1 GiB for a whole device is too little to promise. */
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
