import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { details } from '../../scripts/recorder/report/text.ts';
import { LARGEST_PICTURE } from '../../scripts/recorder/run/picture.ts';
import { hashOfPicture } from '../../src/store/recordings.ts';
import { fence, type RanHere, Workshop } from '../support/recorder.ts';

let workshop: Workshop;
beforeEach(() => {
  workshop = new Workshop();
});
afterEach(() => workshop.remove());

/** A PNG file: a white sheet with a bar of this grey level. */
function sheet(grey: number, length = 40): Buffer {
  const image = new PNG({ width: 60, height: 20 });
  image.data.fill(255);
  for (let x = 0; x < length; x++)
    for (let y = 5; y < 15; y++) image.data.fill(grey, 4 * (60 * y + x), 4 * (60 * y + x) + 3);
  return PNG.sync.write(image);
}

/** A step that draws this picture, always with the same commands. */
const draws = (bytes: Buffer) =>
  [
    '```text file="bar.txt"',
    bytes.toString('base64'),
    '```',
    '',
    fence(
      'draw picture="out/bar.png" alt="A bar"',
      '$ mkdir out && base64 -d bar.txt > out/bar.png',
    ),
  ].join('\n');

const recorded = () => readFileSync(join(workshop.recordings, 'art/draw.png'));
const proof = () => readFileSync(join(workshop.recordings, 'art/proof.json'), 'utf8');

test('the picture that a step draws is recorded, and replaced only if a difference is visible', async () => {
  const black = sheet(0);
  workshop.write('art', draws(black));
  expect(await workshop.recordHere({ once: true })).toMatchObject({ status: 0 });
  expect(Object.keys(workshop.snapshot()).sort()).toEqual([
    'art/draw.cast',
    'art/draw.png',
    'art/draw.txt',
    'art/proof.json',
  ]);
  expect(recorded()).toEqual(black);
  expect(JSON.parse(proof())).toMatchObject({
    steps: { draw: { picture: { sha256: hashOfPicture(black), width: 60, height: 20 } } },
  });

  // A grey level of 3 instead of 0 is not visible: the file stays as it is.
  workshop.edit('art', black.toString('base64'), sheet(3).toString('base64'));
  await workshop.recordHere({ once: true });
  expect(recorded()).toEqual(black);

  workshop.edit('art', sheet(3).toString('base64'), sheet(0, 10).toString('base64'));
  expect(await workshop.recordHere({ once: true })).toMatchObject({ status: 0 });
  expect(recorded()).toEqual(sheet(0, 10));
  expect(await workshop.recordHere({ check: true, all: true })).toMatchObject({ status: 0 });

  // Pretend that another picture was recorded.
  writeFileSync(join(workshop.recordings, 'art/draw.png'), black);
  const other = proof().replace(hashOfPicture(sheet(0, 10)), hashOfPicture(black));
  writeFileSync(join(workshop.recordings, 'art/proof.json'), other);
  const before = workshop.snapshot();
  const drift = await workshop.recordHere({ check: true, all: true });
  expect(drift).toMatchObject({ status: 10 });
  expect(drift.stderr).toContain('its picture: 25 % of its pixels differ');
  expect(workshop.snapshot()).toEqual(before);
});

describe('a step fails, and nothing is written, if it', () => {
  const WRONG = [
    ['draws nothing', '$ true', 'no such file'],
    [
      'draws in another format',
      '$ mkdir out && echo GIF89a > out/bar.png',
      '7 bytes that cannot be read as one',
    ],
    [
      'draws too much',
      `$ mkdir out && head -c ${LARGEST_PICTURE + 1} /dev/zero > out/bar.png`,
      'a larger one',
    ],
  ] as const;
  const idOf = (what: string) => what.replaceAll(' ', '-');
  let wrong: Workshop;
  let ran: RanHere;
  beforeAll(async () => {
    wrong = new Workshop();
    for (const [what, command] of WRONG)
      wrong.write(idOf(what), fence('draw picture="out/bar.png" alt="A bar"', command));
    ran = await wrong.recordHere({ once: true, jobs: 3 });
  });
  afterAll(() => wrong.remove());

  test.each(WRONG)('%s', (what, _, found) => {
    const lessons = ran.result.lessons.filter(({ lesson }) => lesson === idOf(what));
    expect(lessons).toMatchObject([{ failure: { status: 20 } }]);
    expect(details({ ...ran.result, lessons }).join('\n')).toContain(found);
    expect(wrong.snapshot()).toEqual({});
  });
});
