import type { V86 } from 'v86';

/** Parts of v86 that its types do not declare (its src/cpu.js). */
interface Inside {
  readonly v86: {
    readonly cpu: {
      pack_memory?(): { readonly bitmap: Bitmap; readonly packed_memory: Uint8Array };
      unpack_memory?(): void;
      /** Writes the processor's clock to `current_tsc`, low half first. */
      store_current_tsc(): void;
      readonly current_tsc: Uint32Array;
      set_tsc(low: number, high: number): void;
    };
  };
}

interface Bitmap {
  get_buffer(): ArrayBuffer;
}

/** v86's state of a stopped machine, without the guest's memory. */
export function saveDevices(emulator: V86): Promise<Uint8Array<ArrayBuffer>> {
  return withoutMemory(emulator, async () => new Uint8Array(await emulator.save_state()));
}

/** Restores such a state in a machine that was not started yet; the memory stays as it is. */
export function restoreDevices(emulator: V86, state: Uint8Array<ArrayBuffer>): Promise<void> {
  // v86 sets the clock relative to an earlier `set_tsc` (its src/rust/cpu/cpu.rs), as if there were
  // none: the guest's time would jump by minutes, and the guest would hang. Setting the clock to
  // its own value undoes the earlier one.
  const { cpu } = (emulator as unknown as Inside).v86;
  cpu.store_current_tsc();
  const [low = 0, high = 0] = cpu.current_tsc;
  cpu.set_tsc(low, high);
  return withoutMemory(emulator, () => emulator.restore_state(state.buffer));
}

/** Replaces the functions that copy the memory from and to a state. */
async function withoutMemory<T>(emulator: V86, act: () => Promise<T>): Promise<T> {
  const { cpu } = (emulator as unknown as Inside).v86;
  const bitmap = { get_buffer: () => new ArrayBuffer(0) };
  cpu.pack_memory = () => ({ bitmap, packed_memory: new Uint8Array(0) });
  cpu.unpack_memory = () => undefined;
  try {
    return await act();
  } finally {
    // Deleting the own properties restores the real methods.
    delete cpu.pack_memory;
    delete cpu.unpack_memory;
  }
}
