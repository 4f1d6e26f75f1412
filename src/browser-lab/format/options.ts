import { decompressed } from './compression.ts';
import type { VmManifest } from './manifest.ts';
import { NET_DEVICE } from './network.ts';

/**
 * The options with which v86 resumes the saved state of a browser lab; its types do not declare all
 * of them.
 * @param base address or path of the manifest's folder, with a trailing slash
 * @param wasm v86 itself
 */
export function vmOptions(manifest: VmManifest, base: string, wasm: WebAssembly.Module) {
  const { files, disk } = manifest;
  return {
    memory_size: manifest.memory,
    vga_memory_size: manifest.vgaMemory,
    wasm_fn: async (imports: WebAssembly.Imports) =>
      (await WebAssembly.instantiate(wasm, imports)).exports,
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
    net_device: NET_DEVICE,
    /** The compiler is configured on `emulator-loaded`, before `run()` starts the machine. */
    autostart: false,
    disable_speaker: true,
    disable_keyboard: true,
    disable_mouse: true,
  };
}

/**
 * Compiles v86 from its file, which is compressed, since not every server compresses it.
 * @throws {TypeError | WebAssembly.CompileError} if it is not the file of the manifest
 */
export async function compileV86(file: ArrayBuffer): Promise<WebAssembly.Module> {
  return WebAssembly.compile(await decompressed(file));
}
