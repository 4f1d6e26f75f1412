import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import { hashOfPicture } from '../../../src/store/recordings.ts';
import { asPicture } from './picture.ts';

/** A white PNG file. */
function png(size: { width: number; height: number }) {
  const image = new PNG({ ...size });
  image.data.fill(255);
  return PNG.sync.write(image);
}

const SIZE = { width: 100, height: 50 };

test('a PNG file is a picture, with its size and hash', () => {
  const bytes = png(SIZE);
  expect(asPicture(bytes, 'a.png')).toEqual({
    bytes,
    proof: { sha256: hashOfPicture(bytes), width: 100, height: 50 },
  });
});

test.each([
  ['another format', Buffer.from('GIF89a and more')],
  ['nothing', Buffer.alloc(0)],
  ['half of one', png(SIZE).subarray(0, 60)],
])('%s is no picture', (_what, bytes) => {
  expect(asPicture(bytes, 'a.png')).toMatchObject({
    title: 'the picture of the step is not a PNG file',
    expected: 'a PNG file a.png',
  });
});
