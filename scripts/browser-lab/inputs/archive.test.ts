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

it('reads the fields of a stanza that the lock needs', () => {
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

it('follows dependencies: the first available alternative, the provider of a virtual package', () => {
  expect(names(['docker.io'], ['systemd-helpers'])).toEqual([
    'containerd',
    'docker.io',
    'libc6',
    'mawk',
    'runc',
  ]);
});

it('prefers an alternative that is already chosen', () => {
  expect(names(['crun', 'gawk', 'docker.io'], ['systemd-helpers', 'containerd'])).toEqual([
    'crun',
    'docker.io',
    'gawk',
    'libc6',
  ]);
});

it('names a package that the archive does not have', () => {
  expect(() => names(['docker.io'])).toThrow('no package never-there');
});
