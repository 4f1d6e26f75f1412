import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { VM_SCHEMA, type VmFile, type VmManifest } from '../../src/browser-lab/format/manifest.ts';
import { partPaths } from '../../src/browser-lab/format/parts-disk.ts';

/** A folder as `npm run vm` lays it out, for those who carry it and do not run it: its files hold a word each. */
export function writeVmFolder(folder: string): VmManifest {
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const file = (path: string): VmFile => {
    write(path, path);
    const sha256 = createHash('sha256').update(path).digest('hex');
    return { path, bytes: path.length, sha256 };
  };
  const disk = { path: 'disk-0/part.img.zst', bytes: 1024, partBytes: 256, packedBytes: 4 };
  for (const path of partPaths(disk)) write(path, '.');
  const manifest: VmManifest = {
    ...{ schema: VM_SCHEMA, built: '2026-01-31', inputs: '0', memory: 256, vgaMemory: 1, jit: {} },
    versions: {
      ...{ engine: '1', docker: '1', containerd: '1', crun: '1' },
      ...{ kernel: '1', debian: '13', v86: '1' },
    },
    images: [],
    differs: [],
    files: {
      wasm: file('v86-0.wasm'),
      bios: file('bios-0.bin'),
      vgaBios: file('vga-bios-0.bin'),
      state: file('state-0.bin.zst'),
    },
    disk,
    serial: { shell: 0, control: 1 },
    shell: { cols: 80, rows: 24, folder: '/root', nonce: '0' },
  };
  write('manifest.json', JSON.stringify(manifest));
  return manifest;
}
