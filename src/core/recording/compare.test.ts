import { expect, test } from 'vitest';
import { comparable, sameScreen } from './compare.ts';
import { lessonMasks } from './masks.ts';

test('screens that differ only in ids, ages and sizes are the same', () => {
  const before = [
    'CONTAINER ID   IMAGE     CREATED          STATUS',
    '3f2a9c0d1e4b   debian    3 seconds ago    Up 2 seconds',
  ].join('\n');
  const after = [
    'CONTAINER ID   IMAGE     CREATED              STATUS',
    '0a1b2c3d4e5f   debian    About a minute ago   Up About a minute',
  ].join('\n');
  expect(sameScreen(before, after)).toBe(true);
});

test('a different value in a table is drift', () => {
  const row = (image: string) =>
    `CONTAINER ID   IMAGE     CREATED\n3f2a9c0d1e4b   ${image}    3 seconds ago`;
  expect(sameScreen(row('debian'), row('busybox'))).toBe(false);
});

test.each([
  ['a whole id instead of a short one', '3f2a9c0d1e4b', `3f2a9c0d1e4b${'0'.repeat(52)}`],
  ['a truncated digest', `sha256:${'3'.repeat(64)}`, 'sha256:3f2a9c0d1e4b'],
  ['another way to write a date', '2026-11-20T08:15:00.12Z', 'Fri Nov 20 08:15:00 2026'],
  ['a date without a zone', '2026-11-20 08:15:00 +0000 UTC', '2026-11-20 08:15:00'],
  ['no date at all', '2026-11-20T08:15:00.12Z', '0001-01-01T00:00:00.00Z'],
  ['the 0 of a clock', '2026-11-20T08:15:00Z', '1970-01-01T00:00:00Z'],
  ['another clock', 'real 0m0.412s', 'real 0.412s'],
  ['powers of 1024', '117MB', '111.6MiB'],
  ['a blank before a unit', '117MB', '117 MB'],
  ['a share of everything', '(17%)', '(100%)'],
  ['a share with decimals', '17%', '17.02%'],
  ['no hardware address', '02:42:ac:11:00:02', '00:00:00:00:00:00'],
])('%s is drift', (_, before, after) => {
  expect(sameScreen(before, after)).toBe(false);
  expect(sameScreen(after, before)).toBe(false);
});

test.each([
  ['a date', '2026-11-20T08:15:00.12Z', '2027-01-02T18:05:10.123456Z'],
  ['a date of ctime', 'Fri Nov 20 08:15:00 2026', 'Sat Jan  2 18:05:10 2027'],
  ['a date of ls', 'Nov 20 08:15', 'Nov 20  2025'],
  ['a size in other units', '980B', '1.2kB'],
  ['a time in other units', '980ms', '1.02s'],
])('%s is not', (_, before, after) => {
  expect(sameScreen(before, after)).toBe(true);
});

test('blanks outside tables are compared', () => {
  expect(sameScreen('a  b', 'a   b')).toBe(false);
  expect(sameScreen('    indented', '  indented')).toBe(false);
  expect(sameScreen('took 3s\n    indented', 'took 4s\n  indented')).toBe(false);
  expect(sameScreen('--rm --name', '- -rm --name')).toBe(false);
});

test('rows of parallel work may be in any order, other rows may not', () => {
  const steps = [' => [a 1/2] FROM debian 0.1s', ' => [b 1/2] FROM busybox 0.3s'];
  expect(sameScreen(steps.join('\n'), steps.toReversed().join('\n'))).toBe(true);
  expect(sameScreen('one\ntwo', 'two\none')).toBe(false);
  expect(sameScreen(`start\n${steps.join('\n')}`, `${steps.join('\n')}\nstart`)).toBe(false);
});

test('an extra line is drift', () => {
  expect(sameScreen('one\n', 'one\n\ntwo\n')).toBe(false);
  expect(comparable('one\n\n\n')).toEqual([{ text: 'one', line: 0 }]);
});

test('a mask of the lesson hides what it matches, and nothing else', () => {
  const declared = lessonMasks({
    masks: [{ name: 'run', pattern: 'run-\\d+', why: 'w', line: 1 }],
  });
  expect(sameScreen('is run-1 up', 'is run-23 up', declared)).toBe(true);
  expect(sameScreen('is run-1 up', 'is run-1 down', declared)).toBe(false);
  expect(sameScreen('is run-1 up', 'is run-2 up')).toBe(false);
  expect(comparable('a run-1', declared)).toEqual([{ text: 'a <run>', line: 0 }]);
});

test('each line keeps its position on the screen', () => {
  expect(comparable('$ pull\n => b 1s\n => a 2s\ndone\n')).toEqual([
    { text: '$ pull', line: 0 },
    { text: ' => a <duration>', line: 2 },
    { text: ' => b <duration>', line: 1 },
    { text: 'done', line: 3 },
  ]);
});

test('a name that BuildKit truncates earlier because of a longer time is not drift', () => {
  const row = (duration: string, name: string) =>
    ` => ${name.slice(0, 79 - 4 - 2 - duration.length)}  ${duration}`;
  const name =
    '[2/3] RUN apt-get update && apt-get install -y --no-install-recommends openjdk-25-jre';
  expect(sameScreen(row('6.3s', name), row('12.4s', name))).toBe(true);
  expect(sameScreen(row('6.3s', name), row('112.4s', name))).toBe(true);
  expect(sameScreen(row('6.3s', name), row('6.3s', name.replace('recommends', 'recommend_')))).toBe(
    true, // beyond the edge
  );
  expect(sameScreen(row('6.3s', name), row('6.3s', name.replace('install', 'remove')))).toBe(false);
  expect(sameScreen(' => [1/2] FROM debian    0.1s', ' => [1/2] FROM busybox   0.1s')).toBe(false);
});
