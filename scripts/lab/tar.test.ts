import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { packTar } from './tar.ts';

/** Longer than the field of a name in a header. */
const LONG = `a/${'long/'.repeat(30)}${'name'.repeat(40)}`;

test('tar reads it', async () => {
  const archive = await packTar([
    { path: 'a/short.sh', content: Buffer.from('echo hi\n') },
    { path: 'a/block', content: Buffer.alloc(512, 'x') },
    { path: 'empty', content: Buffer.alloc(0) },
    { path: LONG, content: Buffer.from('deep\n') },
  ]);
  const list = execFileSync('tar', ['-tf', '-'], { input: archive, encoding: 'utf8' });
  expect(list.split('\n')).toEqual(['a/short.sh', 'a/block', 'empty', LONG, '']);
  expect(
    execFileSync('tar', ['-xOf', '-', 'a/short.sh'], { input: archive, encoding: 'utf8' }),
  ).toBe('echo hi\n');
});

test('the same files are owned by root, have mode 0644 and give the same bytes', async () => {
  const files = [{ path: 'file', content: Buffer.from('text') }];
  const archive = await packTar(files);
  expect(await packTar(files)).toEqual(archive);
  const list = execFileSync('tar', ['-tvf', '-', '--numeric-owner', '--utc'], {
    input: archive,
    encoding: 'utf8',
  });
  expect(list).toMatch(/^-rw-r--r-- 0\/0 +4 1970-01-01 00:00 file\n$/);
});
