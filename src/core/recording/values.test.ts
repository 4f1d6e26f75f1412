import { expect, test } from 'vitest';
import { valueChanges } from './values.ts';

const changed = (before: string, after: string) =>
  valueChanges(before, after).map((change) => `${change.line}: ${change.before} ${change.after}`);

test.each([
  ['real    0m0.112s', 'real    0m12.004s', '0m0.112s 0m12.004s'],
  ['took 100ms', 'took 1m40s', '100ms 1m40s'],
  [' => exporting layers 12.0s', ' => exporting layers 0.1s', '12.0s 0.1s'],
  ['hen   Up 2 seconds', 'hen   Up 3 weeks', '2 seconds 3 weeks'],
  ['Exited (0) About a minute ago', 'Exited (0) 2 hours ago', 'About a minute 2 hours'],
  ['debian   186MB', 'debian   134MB', '186MB 134MB'],
  ['(17%)', '(54%)', '17% 54%'],
  ['debian   186MB', 'debian   1.2GB', '186MB 1.2GB'],
  ['context: 29B', 'context: 10.49MB', '29B 10.49MB'],
  ['RUN echo   8.19kB', 'RUN echo   300kB', '8.19kB 300kB'],
  ['snail 1.15%', 'snail 99.80%', '1.15% 99.80%'],
])('%s became %s: a reader would notice', (before, after, values) => {
  expect(changed(before, after)).toEqual([`0: ${values}`]);
});

test.each([
  ['real    0m0.112s', 'real    0m1.004s'],
  ['took 900ms', 'took 8s'],
  [' => exporting layers 0.0s', ' => exporting layers 2.1s'],
  ['hen   Up 2 seconds', 'hen   Up 25 seconds'],
  ['debian   186MB   5 minutes ago', 'debian   201MB   3 weeks ago'],
  ['Need to get 512 B', 'Need to get 1400 B'],
  ['copied, 67.1 MB/s', 'copied, 1.2 GB/s'],
  ['hare 61.85%', 'hare 6.89%'],
  ['412KiB / 64MiB', '760KiB / 64MiB'],
  ['(17%)', '(31%)'],
])('%s became %s: another run', (before, after) => {
  expect(changed(before, after)).toEqual([]);
});

test('rows of parallel work may be in any order', () => {
  const rows = (...sizes: string[]) =>
    sizes.map((size, index) => `${index}f2a9c0d1e4b: Downloading ${size}`).join('\n');
  expect(changed(rows('1MB', '20MB'), rows('20MB', '1MB'))).toEqual([]);
  expect(changed(rows('1MB', '20MB'), rows('1MB', '1MB'))).toEqual(['1: 20MB 1MB']);
});
