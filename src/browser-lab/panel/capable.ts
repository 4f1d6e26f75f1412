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

/** What this browser can do; what it does not say is undefined. */
export function thisBrowser() {
  const { deviceMemory, connection } = navigator as {
    deviceMemory?: number | undefined;
    connection?: { saveData?: boolean };
  };
  return {
    webAssembly: typeof WebAssembly === 'object',
    workers: typeof Worker === 'function',
    /** In GiB, rounded and at most 8. */
    memory: deviceMemory,
    /** Whether the reader wants to save data. */
    savesData: connection?.saveData === true,
  };
}

export type Browser = ReturnType<typeof thisBrowser>;
