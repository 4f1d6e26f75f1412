import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import { hashOfPicture } from '../../../src/store/recordings.ts';
import { asPicture, visibleChange } from './picture.ts';

const [WHITE, GREY, BLACK] = [255, 250, 0];

/** A PNG file of one grey, with `marked` pixels of another at its beginning. */
function png(size: { width: number; height: number }, grey: number, marked = 0, mark = BLACK) {
  const image = new PNG(size);
  for (let pixel = 0; pixel < size.width * size.height; pixel++) {
    const value = pixel < marked ? mark : grey;
    image.data.set([value, value, value, 255], 4 * pixel);
  }
  return PNG.sync.write(image);
}

const SIZE = { width: 100, height: 50 };

test('a PNG file is a picture, with its size and hash', () => {
  const bytes = png(SIZE, WHITE);
  expect(asPicture(bytes, 'a.png')).toEqual({
    bytes,
    proof: { sha256: hashOfPicture(bytes), width: 100, height: 50 },
  });
});

test.each([
  ['another format', Buffer.from('GIF89a and more')],
  ['nothing', Buffer.alloc(0)],
  ['half of one', png(SIZE, WHITE).subarray(0, 60)],
])('%s is no picture', (_what, bytes) => {
  expect(asPicture(bytes, 'a.png')).toMatchObject({
    title: 'the picture of the step is no PNG file',
    expected: 'a PNG file a.png',
  });
});

test('what nobody sees is no change', () => {
  expect(visibleChange(png(SIZE, WHITE), png(SIZE, WHITE))).toBeUndefined();
  expect(visibleChange(png(SIZE, WHITE), png(SIZE, GREY))).toBeUndefined();
  expect(visibleChange(png(SIZE, WHITE), png(SIZE, WHITE, 5))).toBeUndefined();
});

test('what one sees is told', () => {
  expect(visibleChange(png(SIZE, WHITE), png(SIZE, WHITE, 500))).toBe('10 % of its pixels differ');
  expect(visibleChange(png(SIZE, WHITE), png({ width: 50, height: 100 }, WHITE))).toBe(
    'it was 100 × 50 pixels large, now 50 × 100',
  );
});
