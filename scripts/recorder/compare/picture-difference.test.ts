import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import { pictureDifference } from './picture-difference.ts';

const [WHITE, GREY, BLACK] = [255, 250, 0];

/** A PNG file of one grey, with `marked` pixels of another at its beginning. */
function png(size: { width: number; height: number }, grey: number, marked = 0, mark = BLACK) {
  const image = new PNG({ ...size });
  for (let pixel = 0; pixel < size.width * size.height; pixel++) {
    const value = pixel < marked ? mark : grey;
    image.data.set([value, value, value, 255], 4 * pixel);
  }
  return PNG.sync.write(image);
}

const SIZE = { width: 100, height: 50 };

test('what nobody sees is no change', () => {
  expect(pictureDifference(png(SIZE, WHITE), png(SIZE, WHITE))).toBeUndefined();
  expect(pictureDifference(png(SIZE, WHITE), png(SIZE, GREY))).toBeUndefined();
  expect(pictureDifference(png(SIZE, WHITE), png(SIZE, WHITE, 5))).toBeUndefined();
});

test('what one sees is told', () => {
  expect(pictureDifference(png(SIZE, WHITE), png(SIZE, WHITE, 500))).toEqual({
    kind: 'pixels',
    share: 0.1,
  });
  expect(pictureDifference(png(SIZE, WHITE), png({ width: 50, height: 100 }, WHITE))).toEqual({
    kind: 'size',
    before: SIZE,
    after: { width: 50, height: 100 },
  });
});
