import { describe, expect, test } from 'vitest';
import {
  addressed,
  after,
  before,
  countdown,
  LAST,
  timeLeft,
  placeOf,
  type Position,
} from './position.ts';

const slides = [
  { id: '', parts: 0 },
  { id: 'run', parts: 2, headings: ['once-more'] },
  { id: 'run.2', parts: 1 },
];

describe('a presentation', () => {
  test('shows part after part, slide after slide, and back the same way', () => {
    const way: Position[] = [];
    let place: Position | undefined = { slide: 0, part: 0 };
    for (; place !== undefined; place = after(slides, place)) way.push(place);
    expect(way.map(({ slide, part }) => `${slide}.${part}`)).toEqual([
      '0.0',
      '1.0',
      '1.1',
      '1.2',
      '2.0',
      '2.1',
    ]);
    for (const [index, place] of way.entries())
      expect(before(slides, place)).toEqual(way[index - 1]);
  });

  test('finds a slide by its address', () => {
    expect(placeOf(slides, 'run.2')).toEqual({ slide: 2, part: 0 });
    expect(placeOf(slides, 'once-more')).toEqual({ slide: 1, part: 0 });
    expect(placeOf(slides, 'gone')).toEqual({ slide: 0, part: 0 });
    expect(placeOf(slides, LAST)).toEqual({ slide: 2, part: 1 });
  });

  test('gives each slide an address of its own', () => {
    expect(addressed([undefined, 'a', 'a', undefined, 'b', 'a', undefined])).toEqual([
      '.2',
      'a',
      'a.2',
      'a.3',
      'b',
      'b.2',
      'b.3',
    ]);
    expect(addressed(['', 'a'])).toEqual(['', 'a']);
  });

  test('knows the time left', () => {
    expect(timeLeft(30, undefined, 5)).toEqual({ elapsed: 0, left: 30 });
    expect(timeLeft(30, 0, 60_000 * 31)).toEqual({ elapsed: 31, left: -1 });
  });

  test('counts down to the end of a task', () => {
    const end = 600_000;
    expect([0, 1, 55_000, 599_001, end, 700_000].map((now) => countdown(end, now))).toEqual([
      '10:00',
      '10:00',
      '9:05',
      '0:01',
      '0:00',
      '0:00',
    ]);
  });
});
