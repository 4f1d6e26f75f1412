import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { BuildError } from './run.ts';

export const V86_FOLDER = join(dirname(createRequire(import.meta.url).resolve('v86')), '..');

/** A replacement of bytes at an offset of v86.wasm, in hexadecimal. */
interface Edit {
  readonly offset: number;
  readonly before: string;
  readonly after: string;
}

/**
 * The changes to `main_loop`, which runs v86's interpreter and counts how many instructions of each
 * page of memory it has run (`jit_increase_hotness_and_maybe_compile` in its `jit.rs`). Numbers are
 * LEB128.
 */
const EDITS: readonly Edit[] = [
  // The sizes of the code section and of this function grow by 13 bytes.
  { offset: 18_154, before: 'c5ca60', after: 'd2ca60' },
  { offset: 1_421_845, before: 'be12', after: 'cb12' },
  // Counting looks into hash tables and costs a tenth of the time. Three times out of four, chosen
  // by a hash of the number of instructions (local 3), nothing is counted:
  // `if JIT_DISABLED | (instruction_counter * 2654435761 >> 30) { return }`.
  { offset: 1_422_812, before: '0d00', after: '200341b1f3ddf1796c411e76720d00' },
  // A page is compiled after this many instructions (`JIT_THRESHOLD`, 200,000 as published). With
  // two cores, its compiler and that of the browser are busy for so long that the guest has to wait
  // for them, so a higher threshold is faster: 250,000, of a quarter of the instructions.
  { offset: 1_423_742, before: '41c09a0c', after: '4190a10f' },
];
const HASH = {
  before: 'aa0d0e149d6b60063b85de4871e78505637ce92821e14a9f9802c4008ba2336e',
  after: '887ac368668d296e7694eb71a206a47230bab39d7eb13d1dd8b42f0de5eb52a8',
};

/**
 * Returns v86.wasm with a faster interpreter.
 * @throws {BuildError} if the file in the package is not the expected one
 */
export async function patchedWasm(): Promise<Buffer> {
  const wasm = await readFile(join(V86_FOLDER, 'build/v86.wasm'));
  check(wasm, HASH.before, 'is not the version whose offsets are known');
  const pieces: Buffer[] = [];
  let end = 0;
  for (const { offset, before, after } of EDITS) {
    pieces.push(wasm.subarray(end, offset), Buffer.from(after, 'hex'));
    end = offset + before.length / 2;
    if (wasm.toString('hex', offset, end) !== before)
      throw new BuildError(`v86.wasm does not have ${before} at offset ${offset}`);
  }
  const edited = Buffer.concat([...pieces, wasm.subarray(end)]);
  check(edited, HASH.after, 'is not as expected after the changes');
  return edited;
}

function check(wasm: Buffer, expected: string, otherwise: string): void {
  const found = hash('sha256', wasm);
  if (found === expected) return;
  throw new BuildError(
    `v86.wasm ${otherwise}: its hash is ${found}. For a new version of v86, update the offsets and hashes in scripts/browser-lab/wasm.ts`,
  );
}
