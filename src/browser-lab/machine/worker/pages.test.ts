import { expect, test } from 'vitest';
import { applyChange, PageHashes } from './pages.ts';

const PAGE = 4096;

/** A memory of six pages: 0 and 3 contain zeros. */
function memory(): Uint8Array {
  const bytes = new Uint8Array(6 * PAGE);
  for (const page of [1, 2, 4, 5])
    bytes.set(
      Array.from({ length: PAGE }, (_, at) => (at * page) % 251),
      page * PAGE,
    );
  return bytes;
}

test('an unchanged memory has no changes', () => {
  const { pages, contents, zeroed } = new PageHashes(memory()).changes(memory());
  expect([pages.length, contents.length, zeroed.length]).toEqual([0, 0, 0]);
});

test('changed, filled and zeroed pages are found, and can be applied to another memory', () => {
  const hashes = new PageHashes(memory());
  const later = memory();
  later[PAGE] = 7; // the first byte of a page
  later[3 * PAGE - 1] = 7; // the last one
  later[3 * PAGE + 100] = 7; // a page that contained zeros
  later.fill(0, 4 * PAGE, 5 * PAGE);
  const change = hashes.changes(later);
  expect([...change.pages]).toEqual([1, 2, 3]);
  expect([...change.zeroed]).toEqual([4]);
  const restored = memory();
  applyChange(restored, change);
  expect(restored).toEqual(later);
});

test.each([0, 1, 2, 3, 4, 5, 6, 7, 1023 * 4])('a page that differs in byte %i differs', (at) => {
  const hashes = new PageHashes(memory());
  const later = memory();
  later[5 * PAGE + at] = (later[5 * PAGE + at] ?? 0) ^ 0x80;
  expect([...hashes.changes(later).pages]).toEqual([5]);
});
