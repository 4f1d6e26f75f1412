import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { packTar } from './tar.ts';

test('tar reads it', () => {
  const archive = packTar([
    { path: 'a/short.sh', content: Buffer.from('echo hi\n') },
    { path: 'a/block', content: Buffer.alloc(512, 'x') },
    { path: 'empty', content: Buffer.alloc(0) },
  ]);
  const list = execFileSync('tar', ['-tf', '-'], { input: archive, encoding: 'utf8' });
  expect(list.split('\n')).toEqual(['a/short.sh', 'a/block', 'empty', '']);
  expect(
    execFileSync('tar', ['-xOf', '-', 'a/short.sh'], { input: archive, encoding: 'utf8' }),
  ).toBe('echo hi\n');
});
