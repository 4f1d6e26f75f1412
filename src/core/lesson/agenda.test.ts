import { expect, test } from 'vitest';
import { agendaOf, clock, encodeChoice, fitting, parseChoice } from './agenda.ts';

const MORNING = { start: 9 * 60, length: 3 * 60 };
const DAY = { start: 9 * 60, length: 8 * 60 };
const lessons = (...minutes: number[]) => minutes.map((each) => ({ minutes: each }));

const written = (minutes: number[], frame = MORNING) => {
  const { items, over } = agendaOf(lessons(...minutes), frame);
  return [...items.map(({ start, kind }) => `${clock(start)} ${kind}`), over];
};

test('an agenda has breaks between lessons, lunch on a day, and time that is left', () => {
  expect(written([20, 30, 40, 30])).toEqual([
    '09:00 lesson',
    '09:20 lesson',
    '09:50 break',
    '10:05 lesson',
    '10:45 lesson',
    '11:15 left',
    0,
  ]);
  expect(written([80, 80, 80, 80, 10], DAY)).toEqual([
    '09:00 lesson',
    '10:20 break',
    '10:35 lesson',
    '11:55 lunch',
    '12:55 lesson',
    '14:15 break',
    '14:30 lesson',
    '15:50 break',
    '16:05 lesson',
    '16:15 left',
    0,
  ]);
});

test('lessons that take too long are all in it, and it says by how much', () => {
  expect(written([90, 90, 90])).toEqual([
    '09:00 lesson',
    '10:30 break',
    '10:45 lesson',
    '12:15 break',
    '12:30 lesson',
    120,
  ]);
  expect(written([])).toEqual(['09:00 left', 0]);
  expect(written([180])).toEqual(['09:00 lesson', 0]);
});

test('lessons are taken in order for as long as they fit with a quarter of an hour left', () => {
  const count = (...minutes: number[]) => fitting(lessons(...minutes), MORNING).length;
  expect(count(75, 75)).toBe(2);
  expect(count(75, 76)).toBe(1);
  expect(count(75, 76, 5)).toBe(1);
  expect(count(200)).toBe(0);
  expect(count()).toBe(0);
});

test.each([
  ['', MORNING],
  ['?start=13:30', { start: 13 * 60 + 30, length: 180 }],
  ['?hours=1.5&lessons=run,images', { start: 540, length: 90, lessons: ['run', 'images'] }],
])('the address keeps the choice: %s', (query, choice) => {
  expect(parseChoice(query)).toEqual(choice);
  expect(encodeChoice(choice)).toBe(query);
});

test('a damaged address is as usual', () => {
  for (const query of ['?start=nine&hours=-3', '?hours=many', '?hours=1e9&start=9'])
    expect(parseChoice(query)).toEqual(MORNING);
});
