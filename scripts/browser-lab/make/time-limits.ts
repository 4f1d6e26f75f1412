/*
 * Gives the Engine's BuildKit more time to begin a build:
 *
 *   time-limits.ts DOCKERD
 *
 * The client asks for a build while the Engine still prepares it. The Engine waits until it knows
 * the build, for 3 seconds in one place and 6 in another, and then fails with "no such job"
 * (https://github.com/moby/buildkit/pull/3726). On the emulated processor, that is too short for the
 * first build. Both limits become 60 seconds.
 */
import { readFile, writeFile } from 'node:fs/promises';

/** Nanoseconds, as Go counts them. */
const [LIMITS, NEW] = [[3_000_000_000n, 6_000_000_000n], 60_000_000_000n];

const [path = ''] = process.argv.slice(2);
const program = await readFile(path);
for (const limit of LIMITS) setLimit(program, limit);
await writeFile(path, program);

/**
 * Replaces the limit in a call of `context.WithTimeoutCause`, in code of Go for 386.
 * @throws {Error} unless there is exactly one with that limit and a cause
 */
function setLimit(code: Buffer, limit: bigint): void {
  const call = Buffer.concat([
    argument(limit),
    // mov %eax,16(%esp); mov %ecx,20(%esp); call
    Buffer.from([0x89, 0x44, 0x24, 0x10, 0x89, 0x4c, 0x24, 0x14, 0xe8]),
  ]);
  const found = code.indexOf(call);
  if (found < 0 || code.indexOf(call, found + 1) >= 0)
    throw new Error(`${path}: expected one time limit of ${limit / 1_000_000_000n} s`);
  argument(NEW).copy(code, found);
}

/** movl $LOW,8(%esp); movl $HIGH,12(%esp) */
function argument(value: bigint): Buffer {
  const bytes = Buffer.from('c744240800000000c744240c00000000', 'hex');
  bytes.writeUInt32LE(Number(value & 0xffff_ffffn), 4);
  bytes.writeUInt32LE(Number(value >> 32n), 12);
  return bytes;
}
