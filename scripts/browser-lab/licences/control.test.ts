import { expect, it } from 'vitest';
import { controlFacts, dscOf, snapshotOf } from './control.ts';

it('a package is its own source unless it names another one', () => {
  expect(controlFacts('Package: crun\nVersion: 1.21-1\n')).toEqual({
    name: 'crun',
    version: '1.21-1',
    source: { name: 'crun', version: '1.21-1' },
    contains: [],
  });
  expect(controlFacts('Package: seabios\nVersion: 2-1\nSource: bios\n').source).toEqual({
    name: 'bios',
    version: '2-1',
  });
});

it('names the sources of what is linked into a program, each once', () => {
  const busybox = controlFacts(
    [
      'Package: busybox-static',
      'Version: 1:1.37.0-6+b9',
      'Source: busybox (1:1.37.0-6)',
      'Built-Using: glibc (= 2.41-12)',
      'Static-Built-Using: glibc (= 2.41-12), zlib (= 1:1.3),',
      ' golang-1.27 (= 1.27.1-2)',
      'Description: static',
      ' Built-Using: nothing (= 1)',
    ].join('\n'),
  );
  expect(busybox.source).toEqual({ name: 'busybox', version: '1:1.37.0-6' });
  expect(busybox.contains).toEqual([
    { name: 'glibc', version: '2.41-12' },
    { name: 'zlib', version: '1:1.3' },
    { name: 'golang-1.27', version: '1.27.1-2' },
  ]);
  expect(snapshotOf(busybox.source)).toBe(
    'https://snapshot.debian.org/package/busybox/1%3A1.37.0-6/',
  );
  expect(dscOf(busybox.source)).toBe('busybox_1.37.0-6.dsc');
});
