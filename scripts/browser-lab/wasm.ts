import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { BuildError } from './run.ts';

/** Where npm has put v86. */
export const V86_FOLDER = join(dirname(createRequire(import.meta.url).resolve('v86')), '..');

/**
 * v86 compiles code that has run so many instructions (`JIT_THRESHOLD` of its `jit.rs`, 200,000 as published). With two cores its
 * compiler and the browser's are busy for so long that the guest waits for them: a later start is faster. The number is an
 * `i32.const`, whose LEB128 form has the same length for both.
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
 * v86.wasm with the later start of its compiler.
 * @throws {BuildError} if the package's file is another than the one that this was written for
 */
export async function patchedWasm(): Promise<Buffer> {
  const wasm = await readFile(join(V86_FOLDER, 'build/v86.wasm'));
  check(wasm, HASH.before, 'is another than the one whose place for the threshold is known');
  const { offset, before, after } = THRESHOLD;
  if (!wasm.subarray(offset, offset + before.length).equals(before))
    throw new BuildError(`v86.wasm does not have its threshold at ${offset}`);
  after.copy(wasm, offset);
  check(wasm, HASH.after, 'is not what was expected after the change');
  return wasm;
}

function check(wasm: Buffer, expected: string, otherwise: string): void {
  const found = createHash('sha256').update(wasm).digest('hex');
  if (found === expected) return;
  throw new BuildError(
    `v86.wasm ${otherwise}: its hash is ${found}. A new version of v86 wants its offset and hashes in scripts/browser-lab/wasm.ts`,
  );
}
