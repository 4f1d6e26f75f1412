import { expect, test } from 'vitest';
import { CARD, cardSvg } from './card.ts';
import { drawPng } from './draw.ts';

/** Width and height of a PNG, from its first chunk (https://www.w3.org/TR/png/#11IHDR). */
function sizeOf(png: Uint8Array): [number, number] {
  const view = new DataView(png.buffer, png.byteOffset);
  expect(view.getUint32(0)).toBe(0x89504e47);
  return [view.getUint32(16), view.getUint32(20)];
}

test('a card has the size of link previews, and its text is drawn', () => {
  const card = { title: 'A & B <title>', code: 'A1', command: 'docker run --rm debian true' };
  const png = drawPng(cardSvg(card));
  expect(sizeOf(png)).toEqual([CARD.width, CARD.height]);
  const other = drawPng(cardSvg({ ...card, title: 'Another title' }));
  expect(Buffer.compare(png, other)).not.toBe(0);
  expect(Buffer.compare(png, drawPng(cardSvg(card)))).toBe(0);
});

test('a long title and a long command fit on the card', () => {
  const svg = cardSvg({ title: 'word '.repeat(40), command: 'x'.repeat(100) });
  expect(svg.match(/font-size="80"/g)).toHaveLength(3);
  expect(svg).toContain(`${'x'.repeat(45)}…<`);
});
