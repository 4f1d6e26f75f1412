import type { VmManifest } from './manifest.ts';

/** Options for v86's constructor, some of which its types do not declare. */
export interface VmOptions {
  readonly memory_size: number;
  readonly vga_memory_size: number;
  readonly wasm_path: string;
  readonly bios: { readonly url: string };
  readonly vga_bios: { readonly url: string };
  readonly initial_state: { readonly url: string };
  readonly hda: {
    readonly url: string;
    readonly async: true;
    readonly size: number;
    readonly use_parts: true;
    readonly fixed_chunk_size: number;
  };
  readonly uart1: true;
  readonly uart2: true;
  /** The compiler is configured on `emulator-loaded`, before `run()` starts the machine. */
  readonly autostart: false;
  readonly disable_speaker: true;
  readonly disable_keyboard: true;
  readonly disable_mouse: true;
}

/**
 * The options with which v86 resumes the saved state of a browser lab.
 * @param base address or path of the manifest's folder, with a trailing slash
 */
export function vmOptions(manifest: VmManifest, base: string): VmOptions {
  const { files, disk } = manifest;
  return {
    memory_size: manifest.memory,
    vga_memory_size: manifest.vgaMemory,
    wasm_path: base + files.wasm.path,
    bios: { url: base + files.bios.path },
    vga_bios: { url: base + files.vgaBios.path },
    initial_state: { url: base + files.state.path },
    hda: {
      url: base + disk.path,
      async: true,
      size: disk.bytes,
      use_parts: true,
      fixed_chunk_size: disk.partBytes,
    },
    uart1: true,
    uart2: true,
    autostart: false,
    disable_speaker: true,
    disable_keyboard: true,
    disable_mouse: true,
  };
}
