import { expect, it } from 'vitest';
import { parseIndex, withDependencies } from './archive.ts';

const PACKAGES = parseIndex(
  `Package: docker.io
Version: 26.1.5
Filename: pool/d/docker.io.deb
SHA256: aa
Pre-Depends: libc6 (>= 2.34)
Depends: containerd (>= 1.6~), runc | crun (>= 1), awk, systemd-helpers:any
Description: an Engine
 with a second line

Package: libc6
Essential: yes
Filename: pool/g/libc6.deb

Package: crun
Depends: libc6

Package: runc
Depends: libc6

Package: containerd
Depends: runc

Package: mawk
Priority: required
Provides: awk (= 1)

Package: gawk
Provides: awk

Package: systemd-helpers
Depends: never-there
`,
  'http://archive',
);
const INDEX = new Map(PACKAGES.map((one) => [one.name, one]));

const names = (wanted: string[], without: string[] = []) =>
  withDependencies(INDEX, wanted, new Set(without)).map(({ name }) => name);

it('reads what the lock needs of a stanza', () => {
  expect(INDEX.get('docker.io')).toMatchObject({
    version: '26.1.5',
    archive: 'http://archive',
    path: 'pool/d/docker.io.deb',
    sha256: 'aa',
    essential: false,
    depends: [['libc6'], ['containerd'], ['runc', 'crun'], ['awk'], ['systemd-helpers']],
  });
  expect(INDEX.get('libc6')?.essential).toBe(true);
});

it('follows dependencies: the first alternative that there is, a virtual package by who provides it', () => {
  expect(names(['docker.io'], ['systemd-helpers'])).toEqual([
    'containerd',
    'docker.io',
    'libc6',
    'mawk',
    'runc',
  ]);
});

it('takes the alternative that is chosen already', () => {
  expect(names(['crun', 'gawk', 'docker.io'], ['systemd-helpers', 'containerd'])).toEqual([
    'crun',
    'docker.io',
    'gawk',
    'libc6',
  ]);
});

it('names what the archive does not have', () => {
  expect(() => names(['docker.io'])).toThrow('no package never-there');
});
