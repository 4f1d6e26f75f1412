import { describe, expect, test } from 'vitest';
import { LAST_LOOK, LONGEST_STEP, paced } from './pace.ts';
import type { TakeItem } from '../../../src/core/session/take.ts';

const text = (items: readonly TakeItem[]) =>
  items.map((item) => (item.kind === 'command' ? '' : item.text)).join('');
const length = (items: readonly TakeItem[]) =>
  paced(items).reduce((sum, [interval]) => sum + interval, 0);

const typed: TakeItem[] = [
  { kind: 'output', text: '$ ', at: 0 },
  { kind: 'command', label: 'docker ps', at: 1 },
  { kind: 'typing', text: 'docker ps\r\n', at: 2 },
  { kind: 'output', text: 'CONTAINER ID\r\n', at: 30 },
];

test('nothing is lost, and each command has one marker', () => {
  const events = paced(typed);
  expect(events.flatMap(([, code, data]) => (code === 'o' ? [data] : [])).join('')).toBe(
    text(typed),
  );
  expect(events.filter(([, code]) => code === 'm')).toEqual([
    [expect.any(Number), 'm', 'docker ps'],
  ]);
});

test('a command is typed key by key, however long it is, within seconds', () => {
  expect(paced(typed).filter(([, , data]) => data.length === 1)).toHaveLength('docker ps'.length);
  const long: TakeItem[] = [{ kind: 'typing', text: `${'x'.repeat(2000)}\r\n`, at: 0 }];
  expect(length(long)).toBeLessThan(3);
});

test('redraws come at most ten times a second, and ten minutes pass in seconds', () => {
  const progress = Array.from({ length: 6000 }, (_, index): TakeItem => ({
    kind: 'output',
    text: `\r${index}%`,
    at: index * 100,
  }));
  const events = paced(progress);
  expect(events.slice(1).every(([interval]) => interval >= 0.0999)).toBe(true);
  expect(length(progress)).toBeLessThan(8);
  expect(events.map(([, , data]) => data).join('')).toBe(text(progress));
});

test('a silence is cut short', () => {
  const silent: TakeItem[] = [
    { kind: 'output', text: 'a', at: 0 },
    { kind: 'output', text: 'b', at: 60_000 },
  ];
  expect(length(silent)).toBeLessThanOrEqual(2);
});

describe('a step of many commands', () => {
  /** Each with a line of typing, and an output that is redrawn for ten seconds. */
  const many = (commands: number): TakeItem[] =>
    Array.from({ length: commands }, (_, index): TakeItem[] => {
      const at = index * 20_000;
      const redraws = Array.from({ length: 100 }, (_, redraw): TakeItem => ({
        kind: 'output',
        text: `\r${redraw}%${redraw === 99 ? '\r\n$ ' : ''}`,
        at: at + 10 + redraw * 100,
      }));
      return [
        { kind: 'command', label: `docker pull image-${index}`, at },
        { kind: 'typing', text: `docker pull image-${index}\r\n`, at: at + 1 },
        ...redraws,
      ];
    }).flat();

  test.each([40, 700])(
    'of %i: watched within a minute, in the same order, drawn ten times a second',
    (commands) => {
      const items = many(commands);
      const events = paced(items);
      expect(length(items)).toBeLessThanOrEqual(LONGEST_STEP - LAST_LOOK + 1e-6);
      expect(length(items)).toBeGreaterThan(LONGEST_STEP - 3);
      const drawn: number[] = [];
      let at = 0;
      for (const [interval, code] of events) {
        at += interval;
        if (code === 'o') drawn.push(at);
      }
      const gaps = drawn.slice(1).map((time, index) => time - (drawn[index] ?? 0));
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(0.0999);
      const of = (wanted: string) =>
        events.flatMap(([, code, data]) => (code === wanted ? [data] : []));
      expect(of('o').join('')).toBe(text(items));
      expect(of('m')).toEqual(Array.from({ length: commands }, (_, i) => `docker pull image-${i}`));
    },
  );

  test('keeps its rhythm: all of its pauses shrink alike', () => {
    const markers = (items: readonly TakeItem[]) => {
      let at = 0;
      return paced(items).flatMap(
        ([interval, code]) => ((at += interval), code === 'm' ? [at] : []),
      );
    };
    const times = markers(many(40)).slice(1); // the first one waits for nobody to read
    const each = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(Math.max(...each) - Math.min(...each)).toBeLessThan(0.11);
  });

  test('of few: each command is watched as it would be alone', () => {
    const three = paced(many(3));
    expect(paced(many(4)).slice(0, three.length)).toEqual(three);
  });
});
