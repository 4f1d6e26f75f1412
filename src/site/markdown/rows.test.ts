import { expect, test } from 'vitest';
import { pairRows, type BlockKind } from './rows.ts';

const KINDS: Readonly<Record<string, BlockKind>> = {
  h: 'heading',
  p: 'text',
  o: 'other',
  S: 'shown',
  W: 'wide',
};

/**
 * `pS` is a paragraph and a step; results show rows as `[before|shown|after]` and plain prose
 * unchanged.
 */
function paired(blocks: string): string {
  return pairRows(blocks.split(''), (block) => KINDS[block] ?? 'text')
    .map((stretch) =>
      stretch.kind === 'alone'
        ? stretch.blocks.join('')
        : `[${[stretch.before, stretch.shown, stretch.after].map((part) => part.join('')).join('|')}]`,
    )
    .join(' ');
}

test.each([
  ['nothing shown', 'pph', 'pph'],
  ['the opening of a lesson leads to its first step', 'phpSpp', '[php|S|pp]'],
  ['of an opening of two sections, only the second is the introduction', 'phphpS', 'php [hp|S|]'],
  ['the paragraph before a step introduces it', 'pSpppS', '[p|S|pp] [p|S|]'],
  ['one paragraph between two steps introduces the second', 'pSpS', '[p|S|] [p|S|]'],
  ['a list or a remark explains what precedes it', 'pSpoS', '[p|S|po] [|S|]'],
  ['steps without prose between them share a row', 'pSSpS', '[p|SS|] [p|S|]'],
  ['a heading belongs to the text below it', 'pSphpS', '[p|S|p] [hp|S|]'],
  ['two adjacent headings stay together', 'pSphhpS', '[p|S|p] [hhp|S|]'],
  ['a section that shows nothing is separate', 'pSphpphpS', '[p|S|p] hpp [hp|S|]'],
  ['a wide block ends a row', 'pSpWpS', '[p|S|p] W [p|S|]'],
  ['a wide block right under a heading', 'pSphW', '[p|S|p] hW'],
  ['a step right under a wide block', 'pSWS', '[p|S|] W [|S|]'],
  ['a lesson that begins with a step', 'Sp', '[|S|p]'],
  ['a wide block at the beginning', 'WpS', 'W [p|S|]'],
])('%s', (_name, blocks, wanted) => {
  expect(paired(blocks)).toBe(wanted);
});

test('no block is lost or moved', () => {
  const kinds = Object.keys(KINDS);
  for (let seed = 0; seed < 5 ** 6; seed++) {
    const blocks = Array.from(
      { length: 6 },
      (_, index) => kinds[Math.floor(seed / 5 ** index) % 5] ?? '',
    ).join('');
    expect(paired(blocks).replace(/[^hpoSW]/g, '')).toBe(blocks);
  }
});
