import { describe, expect, it } from 'vitest';
import { readVmManifest, type VmManifest } from './manifest.ts';

const file = { path: 'v86-0.wasm', bytes: 1, sha256: '0' };
const MANIFEST: VmManifest = {
  schema: 1,
  built: '2026-01-31',
  inputs: '0',
  memory: 256,
  vgaMemory: 1,
  jit: { 1: 1 },
  versions: {
    engine: '26.1.5',
    docker: '26.1.5',
    containerd: '1.7',
    runc: '1.3.6',
    kernel: '6.12',
    debian: '13.2',
    v86: '0.5.462',
  },
  images: ['busybox:latest'],
  differs: [{ what: 'No IPv6.', why: 'It takes time.' }],
  files: { wasm: file, bios: file, vgaBios: file, state: file },
  disk: { path: 'disk-0/part.img.zst', bytes: 1, partBytes: 1, packedBytes: 1 },
  registry: {
    tags: { 'library/busybox:latest': 'sha256:0' },
    manifests: [{ ...file, type: 'application/json' }],
    blobs: [file],
  },
  archive: [{ ...file, at: 'debian/dists/trixie/Release' }],
  serial: { shell: 0, control: 1 },
  shell: { cols: 80, rows: 24, folder: '/root/workshop', nonce: '0' },
};

/** The manifest with a different value at a path such as `disk.bytes`. */
function changed(place: string, value: unknown): string {
  const copy: unknown = structuredClone(MANIFEST);
  const names = place.split('.');
  const last = names.pop() ?? '';
  const target = names.reduce(
    (inner, name) => (inner as Record<string, unknown>)[name],
    copy,
  ) as Record<string, unknown>;
  target[last] = value;
  return JSON.stringify(copy);
}

describe('the manifest of the browser lab', () => {
  it('survives writing and reading', () => {
    expect(readVmManifest(JSON.stringify(MANIFEST))).toEqual(MANIFEST);
  });

  it.each([
    ['schema', 2, 'schema is not 1'],
    ['disk.bytes', '1', 'disk.bytes is not a number'],
    ['files.state', undefined, 'files.state is not an object'],
    ['jit.1', true, 'jit.1 is not a number'],
    ['images', 'busybox', 'images is not a list'],
    ['differs.0.why', null, 'differs[0].why is not a string'],
  ])('is rejected with %s = %j: %s', (place, value, message) => {
    expect(() => readVmManifest(changed(place, value))).toThrow(message);
  });

  it('is rejected if it is not a JSON object', () => {
    expect(() => readVmManifest('')).toThrow('it is not JSON');
    expect(() => readVmManifest('[]')).toThrow('it is not an object');
  });
});
