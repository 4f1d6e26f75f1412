import { expect, test } from 'vitest';
import { CARD, cardSvg } from './card.ts';
import { drawPng, toIco } from './draw.ts';
import { iconSvg } from './icon.ts';

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

test('an ICO file has its pictures at the offsets in its directory', () => {
  const icons = [16, 32].map((size) => ({ size, png: drawPng(iconSvg(0), size) }));
  const file = toIco(icons);
  const view = new DataView(file.buffer);
  expect([view.getUint16(0, true), view.getUint16(2, true), view.getUint16(4, true)]).toEqual([
    0, 1, 2,
  ]);
  icons.forEach(({ size, png }, index) => {
    const at = 6 + 16 * index;
    expect(view.getUint8(at)).toBe(size);
    const offset = view.getUint32(at + 12, true);
    expect(file.slice(offset, offset + view.getUint32(at + 8, true))).toEqual(png);
    expect(sizeOf(png.slice())).toEqual([size, size]);
  });
});
