import { expect, test } from 'vitest';
import { lockedIn, type NpmPackage, npmRegistry } from './npm.ts';

const lock = JSON.stringify({
  packages: {
    '': { dependencies: { pg: '8.23.1' } },
    'node_modules/pg': { version: '8.23.1', resolved: url('pg', '8.23.1'), integrity: 'sha512-a' },
    'node_modules/@x/y/node_modules/pg': { version: '8.9.0', resolved: url('pg', '8.9.0') },
    'node_modules/npm/node_modules/abbrev': { version: '4.0.0', inBundle: true },
  },
});

function url(name: string, version: string): string {
  return `https://registry.npmjs.org/${name}/-/${name}-${version}.tgz`;
}

test('finds the packages that have archives, by name', () => {
  const found = lockedIn(lock).map(({ name, locked }) => `${name}@${locked.version}`);
  expect(found).toEqual(['pg@8.23.1', 'pg@8.9.0']);
});

test('serves archives, and a document with the versions and the newest of them', () => {
  const packages: NpmPackage[] = lockedIn(lock).map((one) => ({
    ...one,
    archive: Buffer.from(''),
  }));
  const files = npmRegistry(packages);
  expect(files.map(({ path }) => path)).toEqual([
    'pg/-/pg-8.23.1.tgz',
    'pg/-/pg-8.9.0.tgz',
    'pg/index.html',
  ]);
  const document = JSON.parse(files.at(-1)?.content.toString() ?? '') as unknown;
  expect(document).toMatchObject({
    name: 'pg',
    'dist-tags': { latest: '8.23.1' },
    versions: {
      '8.9.0': { name: 'pg', version: '8.9.0' },
      '8.23.1': { dist: { tarball: url('pg', '8.23.1'), integrity: 'sha512-a' } },
    },
  });
});
