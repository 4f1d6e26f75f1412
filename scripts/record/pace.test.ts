import { expect, test } from 'vitest';
import { paced } from './pace.ts';
import type { TakeItem } from '../../src/session/take.ts';

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
