import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { BuildError } from './run.ts';

export const V86_FOLDER = join(dirname(createRequire(import.meta.url).resolve('v86')), '..');

/**
 * v86 compiles code after this many instructions (`JIT_THRESHOLD` in its `jit.rs`, 200,000 as
 * published). With two cores, its compiler and that of the browser are busy for so long that the
 * guest has to wait for them, so a higher threshold is faster. The number is an `i32.const`, whose
 * LEB128 encoding has the same length for both values.
 */
const THRESHOLD = {
  offset: 1_423_742,
  before: Buffer.from([0x41, 0xc0, 0x9a, 0x0c]),
  after: Buffer.from([0x41, 0xc0, 0x84, 0x3d]),
};
const HASH = {
  before: 'aa0d0e149d6b60063b85de4871e78505637ce92821e14a9f9802c4008ba2336e',
  after: 'fb25f2af9de9c82cbb62979b620f44c8ebb4f44474deb28b9eed10e4b766cbd4',
};

/**
 * Returns v86.wasm with the higher threshold.
 * @throws {BuildError} if the file in the package is not the expected one
 */
export async function patchedWasm(): Promise<Buffer> {
  const wasm = await readFile(join(V86_FOLDER, 'build/v86.wasm'));
  check(wasm, HASH.before, 'is not the version whose offset is known');
  const { offset, before, after } = THRESHOLD;
  if (!wasm.subarray(offset, offset + before.length).equals(before))
    throw new BuildError(`v86.wasm does not have the threshold at offset ${offset}`);
  after.copy(wasm, offset);
  check(wasm, HASH.after, 'is not as expected after the change');
  return wasm;
}

function check(wasm: Buffer, expected: string, otherwise: string): void {
  const found = hash('sha256', wasm);
  if (found === expected) return;
  throw new BuildError(
    `v86.wasm ${otherwise}: its hash is ${found}. For a new version of v86, update the offset and hashes in scripts/browser-lab/wasm.ts`,
  );
}
