import { expect, test } from 'vitest';
import type { LessonRecording } from '../store/recordings.ts';
import { otherEngines, partsOf, viewsOf } from './engines.ts';

/* In these tests, a recording is only something that can be told apart. */
const reference = {} as LessonRecording;

/** The Engines of each part of a page, for readers with one of four Engines. */
function engines(...values: readonly string[]): (readonly [string, object])[] {
  const all = ['31', '30', '29', '28'].slice(0, values.length);
  const parts = partsOf(viewsOf(all, reference, []), ({ engine }) => values[all.indexOf(engine)]);
  return parts.map(({ value, attributes }) => [value ?? '', attributes] as const);
}

test('what is the same for all Engines is shown once, without an attribute', () => {
  expect(engines('a')).toEqual([['a', {}]]);
  expect(engines('a', 'a', 'a')).toEqual([['a', {}]]);
});

test('the newest Engine comes first, and only what it shows is searched', () => {
  expect(engines('a', 'b', 'a', 'c')).toEqual([
    ['a', { 'data-for': '31 29' }],
    ['b', { 'data-for': '30', 'data-pagefind-ignore': true }],
    ['c', { 'data-for': '28', 'data-pagefind-ignore': true }],
  ]);
});

test('values that look the same are one', () => {
  const views = viewsOf(['29', '28'], reference, []);
  const parts = partsOf(
    views,
    ({ engine }) => ({ engine, size: '5 MB' }),
    ({ size }) => size,
  );
  expect(parts.map(({ value, engines: all }) => [value.engine, all])).toEqual([
    ['29', ['29', '28']],
  ]);
});

test('readers with an Engine on which the lesson was not recorded see the reference Engine', () => {
  expect(viewsOf([], reference, [])).toEqual([{ engine: '', recording: reference }]);
  expect(viewsOf(['29', '28'], reference, []).map(({ recording }) => recording)).toEqual([
    reference,
    reference,
  ]);
});

test('what is for other Engines is selected for each Engine, and nothing if there is one', () => {
  expect(otherEngines(['28'])).toBe('');
  expect(otherEngines(['29', '28'])).toBe(
    '[data-engine="29"] [data-for]:not([data-for~="29"]), [data-engine="28"] [data-for]:not([data-for~="28"])',
  );
});
