import { expect, it } from 'vitest';
import { parseIndex } from './archive.ts';
import { newestOf } from './newest.ts';

const indexOf = (archive: string, packages: readonly string[]) =>
  parseIndex(
    packages.map((one) => one.replace(/^(\S+) (\S+)$/, 'Package: $1\nVersion: $2')).join('\n\n'),
    archive,
  );

const chosen = async (...indices: (readonly string[])[]) => {
  const packages = indices.flatMap((packages, number) => indexOf(`${number}`, packages));
  const newest = [...(await newestOf(packages)).values()];
  return newest.map(({ name, version, archive }) => `${archive}: ${name} ${version}`);
};

it('takes the newest version of all suites, as Debian orders versions', async () => {
  const main = ['bash 5.2-9', 'docker.io 26.1.5+dfsg1-9', 'libc6 2.41-12+deb13u2', 'apt 3.0.3'];
  const updates = ['bash 5.2-10', 'docker.io 26.1.5+dfsg1-9+deb13u1', 'new 1'];
  const security = ['bash 5.2-9+deb13u1', 'libc6 2.41-12~deb13u3', 'apt 1:1.0'];
  expect(await chosen(main, updates, security)).toEqual([
    '1: bash 5.2-10',
    '1: docker.io 26.1.5+dfsg1-9+deb13u1',
    '0: libc6 2.41-12+deb13u2',
    '2: apt 1:1.0',
    '1: new 1',
  ]);
});

it('takes equal versions from the first suite, and the newest version within a suite', async () => {
  expect(await chosen(['linux 6.12.9-1'], ['linux 6.12.9-1'])).toEqual(['0: linux 6.12.9-1']);
  expect(await chosen(['linux 6.12.9-1', 'linux 6.12.11-1', 'linux 6.12.10-1'])).toEqual([
    '0: linux 6.12.11-1',
  ]);
});
