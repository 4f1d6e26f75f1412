/** Size of a page of the guest's memory, in bytes. */
const PAGE = 4096;
const WORDS = PAGE / 4;

/** How a memory differs from another one. */
export interface MemoryChange {
  /** Numbers of the pages that differ. */
  readonly pages: Uint32Array<ArrayBuffer>;
  /** Their contents, one after another. */
  readonly contents: Uint8Array<ArrayBuffer>;
  /** Numbers of the pages that now contain only zeros. */
  readonly zeroed: Uint32Array<ArrayBuffer>;
}

/** Hashes of the pages of a memory, from which later changes are found. */
export class PageHashes {
  /** Two numbers for each page; both are 0 for a page of zeros. */
  private readonly hashes: Int32Array;

  /** @param memory whose size is a multiple of a page */
  constructor(memory: Uint8Array) {
    const words = wordsOf(memory);
    this.hashes = new Int32Array((words.length / WORDS) * 2);
    for (let page = 0; page * WORDS < words.length; page++)
      if (!isZero(words, page)) hashInto(this.hashes, page * 2, words, page);
  }

  /** What has changed in the memory since. */
  changes(memory: Uint8Array): MemoryChange {
    const words = wordsOf(memory);
    const pages: number[] = [];
    const zeroed: number[] = [];
    const now = new Int32Array(2);
    for (let page = 0; page * WORDS < words.length; page++) {
      const wasZero = this.hashes[page * 2] === 0 && this.hashes[page * 2 + 1] === 0;
      if (isZero(words, page)) {
        if (!wasZero) zeroed.push(page);
        continue;
      }
      hashInto(now, 0, words, page);
      if (now[0] !== this.hashes[page * 2] || now[1] !== this.hashes[page * 2 + 1])
        pages.push(page);
    }
    const contents = new Uint8Array(pages.length * PAGE);
    for (const [index, page] of pages.entries())
      contents.set(memory.subarray(page * PAGE, (page + 1) * PAGE), index * PAGE);
    return { pages: Uint32Array.from(pages), contents, zeroed: Uint32Array.from(zeroed) };
  }
}

/** Changes a memory to the one in which the changes were found. */
export function applyChange(memory: Uint8Array, change: MemoryChange): void {
  for (const page of change.zeroed) memory.fill(0, page * PAGE, (page + 1) * PAGE);
  for (const [index, page] of change.pages.entries())
    memory.set(change.contents.subarray(index * PAGE, (index + 1) * PAGE), page * PAGE);
}

function wordsOf({ buffer, byteOffset, byteLength }: Uint8Array): Int32Array {
  return new Int32Array(buffer, byteOffset, byteLength / 4);
}

function isZero(words: Int32Array, page: number): boolean {
  const end = (page + 1) * WORDS;
  for (let at = page * WORDS; at < end; at++) if (words[at] !== 0) return false;
  return true;
}

/**
 * Writes the hash of a page. Each of its two halves depends on all words, and each step is
 * invertible, so that pages with different hashes are as likely as with random numbers. The odd
 * factors are those of MurmurHash3's finalizer.
 */
function hashInto(target: Int32Array, index: number, words: Int32Array, page: number): void {
  let one = 1;
  let other = 2;
  const end = (page + 1) * WORDS;
  for (let at = page * WORDS; at < end; at += 2) {
    one = Math.imul(one ^ (words[at] ?? 0) ^ other, 0x85ebca6b);
    one ^= one >>> 15;
    other = Math.imul(other ^ (words[at + 1] ?? 0) ^ one, 0xc2b2ae35);
    other ^= other >>> 13;
  }
  target[index] = one;
  // 0 and 0 stand for a page of zeros.
  target[index + 1] = one === 0 && other === 0 ? 1 : other;
}
