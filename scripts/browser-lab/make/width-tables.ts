/*
 * Stores two tables in a Go program that it otherwise calculates at each start:
 *
 *   width-tables.ts PROGRAM COMMAND [ARGUMENT …]
 *
 * go-runewidth fills them in its `init` with the widths of all characters
 * (https://github.com/mattn/go-runewidth/blob/master/runewidth.go, `initStrictWidthLUT`): 420
 * million instructions, nine tenths of a `docker version`. The tables come from the program itself:
 * COMMAND starts it with arguments that make it wait for its standard input, and the tables are read
 * from its memory. Then they become a part of its initialized data, and the loop ends at once. A
 * program without exactly one such loop stays as it is.
 */
import { spawn } from 'node:child_process';
import { open, readFile, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** Number of characters in Unicode, and bytes in one table. */
const CHARACTERS = 0x110000;
/** Time limit in milliseconds for the program to fill the tables. */
const LIMIT = 60_000;

/** Offsets in the header of a 32-bit ELF file and in its program headers: elf(5). */
const ELF = { segments: 28, sections: 32, segmentSize: 42, segmentCount: 44, sectionCount: 48 };
const SEGMENT = { type: 0, offset: 4, address: 8, fileBytes: 16, memoryBytes: 20 };
const LOAD = 1;

interface Segment {
  /** Where its program header is in the file. */
  readonly header: number;
  readonly offset: number;
  readonly address: number;
  readonly fileBytes: number;
  readonly memoryBytes: number;
}

interface Tables {
  /** Offset in the file of the number to which the loop counts. */
  readonly count: number;
  /** Address of the first table; the second one follows. */
  readonly address: number;
}

const [path = '', ...command] = process.argv.slice(2);
const program = await readFile(path);
const tables = findTables(program);
// Another version of go-runewidth, or of Go, is slower and does the same.
if (tables !== undefined) {
  const [first] = segments(program);
  const content = await readTables(command, tables.address - (first?.address ?? 0));
  await writeFile(path, withTables(program, tables, content));
}

function segments(elf: Buffer): Segment[] {
  const [start, size] = [elf.readUInt32LE(ELF.segments), elf.readUInt16LE(ELF.segmentSize)];
  const headers = Array.from(
    { length: elf.readUInt16LE(ELF.segmentCount) },
    (_, index) => start + index * size,
  );
  return headers
    .filter((header) => elf.readUInt32LE(header + SEGMENT.type) === LOAD)
    .map((header) => ({
      header,
      offset: elf.readUInt32LE(header + SEGMENT.offset),
      address: elf.readUInt32LE(header + SEGMENT.address),
      fileBytes: elf.readUInt32LE(header + SEGMENT.fileBytes),
      memoryBytes: elf.readUInt32LE(header + SEGMENT.memoryBytes),
    }));
}

/** Finds the end of the loop, which stores a byte in the second table, in code of Go for 386. */
function findTables(elf: Buffer): Tables | undefined {
  // lea TABLE,%edx; mov %al,(%edx,%ecx); lea 1(%ecx),%eax; cmp $0x110000,%eax; jl
  const loop = /\x8d([\x15\x92])([^]{4})\x88\x04\x0a\x8d\x41\x01\x3d\x00\x00\x11\x00\x7c/g;
  const found = [...elf.toString('latin1').matchAll(loop)];
  const [match] = found;
  if (match === undefined || found.length > 1) return undefined;
  const [, kind = '', operand = ''] = match;
  const number = Buffer.from(operand, 'latin1').readInt32LE();
  const code = segments(elf).find(
    ({ offset, fileBytes }) => match.index >= offset && match.index < offset + fileBytes,
  );
  if (code === undefined) return undefined;
  // In position-independent code, the operand is relative to this instruction.
  const from = kind === '\x92' ? match.index - code.offset + code.address : 0;
  return { count: match.index + match[0].length - 5, address: from + number - CHARACTERS };
}

/** Reads the tables from the memory of the running program. */
async function readTables(command: string[], offset: number): Promise<Buffer> {
  const [name = '', ...args] = command;
  const child = spawn(name, args, { stdio: ['pipe', 'ignore', 'inherit'] });
  try {
    const memory = await open(`/proc/${child.pid}/mem`);
    try {
      const content = Buffer.alloc(2 * CHARACTERS);
      const limit = performance.now() + LIMIT;
      // The last character is the last one that gets a width.
      while (content.at(-1) === 0) {
        if (child.exitCode !== null || performance.now() > limit)
          throw new Error(`${path}: it ended, or did not fill the tables in ${LIMIT / 1000} s`);
        await sleep(100);
        const start = await startOf(child.pid);
        if (start !== undefined) await memory.read(content, 0, content.length, start + offset);
      }
      return content;
    } finally {
      await memory.close();
    }
  } finally {
    child.kill('SIGKILL');
  }
}

/** The address at which a process has the start of the program: proc_pid_maps(5). */
async function startOf(pid: number | undefined): Promise<number | undefined> {
  const maps = await readFile(`/proc/${pid}/maps`, 'utf8');
  const line = maps.split('\n').find((each) => each.endsWith(` ${path}`));
  return line === undefined ? undefined : Number.parseInt(line, 16);
}

/** The program with the tables at the end of its data, and without the debugger's sections. */
function withTables(elf: Buffer, { count, address }: Tables, content: Buffer): Buffer {
  const data = segments(elf).at(-1);
  const end = address + content.length;
  if (data === undefined || address < data.address + data.fileBytes)
    throw new Error(`${path}: the tables are not behind the initialized data`);
  if (end > data.address + data.memoryBytes)
    throw new Error(`${path}: the tables are not in the last segment`);
  const result = Buffer.alloc(data.offset + end - data.address);
  elf.copy(result, 0, 0, data.offset + data.fileBytes);
  content.copy(result, result.length - content.length);
  result.writeUInt32LE(0, count);
  result.writeUInt32LE(end - data.address, data.header + SEGMENT.fileBytes);
  result.writeUInt32LE(0, ELF.sections);
  // Their number, and that of the one with their names.
  result.writeUInt32LE(0, ELF.sectionCount);
  return result;
}
