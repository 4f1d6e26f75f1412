import { expect, test } from 'vitest';
import { align } from '../compare/align.ts';
import { changedParts } from './changed-parts.ts';
import { unifiedDiff } from './unified-diff.ts';

const marked = (before: string, after: string) => {
  const show = (text: string, marks: ReturnType<typeof changedParts>['before']) =>
    [...marks]
      .sort(([a], [b]) => a - b)
      .map(([line, spans]) => {
        const shown = text.split('\n')[line] ?? '';
        return `${line}: ${spans.map(({ from, to }) => shown.slice(from, to)).join('|')}`;
      });
  const marks = changedParts(before, after, align(before, after, []), []);
  return [show(before, marks.before), show(after, marks.after)];
};

test('only the words that changed are marked', () => {
  expect(marked('one\nis 4 of them\nend', 'one\nis 5 of them\nend')).toEqual([['1: 4'], ['1: 5']]);
});

test('what a mask hides is no change, also beside one', () => {
  expect(marked('took 3s', 'took 4s')).toEqual([[], []]);
  expect(marked('took 3s, ok', 'took 14s, bad')).toEqual([['0: ok'], ['0: bad']]);
});

test('rows of parallel work that change places are no change', () => {
  const rows = [' => [a 1/2] FROM debian 0.1s', ' => [b 1/2] FROM busybox 0.3s'];
  expect(marked(rows.join('\n'), rows.toReversed().join('\n'))).toEqual([[], []]);
  const other = [' => [b 1/2] FROM busybox 0.3s', ' => [a 1/2] FROM alpine 0.1s'];
  expect(marked(rows.join('\n'), other.join('\n'))).toEqual([['0: debian'], ['1: alpine']]);
});

test('a line that is new, gone, or another one is marked as a whole', () => {
  expect(marked('one\nthree', 'one\ntwo is new\nthree')).toEqual([[], ['1: two is new']]);
  expect(marked('one\ngone\nthree', 'one\nthree')).toEqual([['1: gone'], []]);
  expect(marked('alpha beta', '1 2 3 4 5')).toEqual([['0: alpha beta'], ['0: 1 2 3 4 5']]);
});

test('a change of blanks alone marks the line', () => {
  expect(marked('a  b', 'a   b')).toEqual([['0: a  b'], ['0: a   b']]);
});

test('the difference in text is that of the masked screens, with a little around it', () => {
  const lines = Array.from({ length: 9 }, (_, index) => `line ${index}`);
  const now = lines.with(4, 'took 3s').with(8, 'line 8 took 9s');
  expect(unifiedDiff(align(lines.join('\n'), now.join('\n'), []))).toEqual([
    ...[' line 2', ' line 3', '-line 4', '+took <duration>', ' line 5', ' line 6', ' line 7'],
    ...['-line 8', '+line 8 took <duration>'],
  ]);
});

test('screens that have nothing in common, and lines, take no minutes', () => {
  const many = (what: string, between: string) =>
    Array.from({ length: 20_000 }, (_, index) => `${what}${index}`).join(between);
  for (const between of ['\n', ' ']) {
    const [before, after] = [many('a', between), many('b', between)];
    const started = performance.now();
    const alignment = align(before, after, []);
    const difference = unifiedDiff(alignment);
    const marks = changedParts(before, after, alignment, []);
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(difference[0]?.slice(0, 3)).toBe('-a0');
    expect(difference.at(-1)?.endsWith('b19999')).toBe(true);
    expect(marks.after.get(0)?.[0]?.from).toBe(0);
  }
});
