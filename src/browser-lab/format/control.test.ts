import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { asReader, ControlReader, controlRequest, fileCommands, imagesCommand } from './control.ts';

it('splits answers, even if they arrive in pieces', () => {
  const reader = new ControlReader();
  expect(reader.read('one\ntw')).toEqual([]);
  expect(reader.read('o\n\x1e')).toEqual([]);
  expect(reader.read('0\nnext\x1e12')).toEqual([{ output: 'one\ntwo\n', status: 0 }]);
  expect(reader.read('7\n\x1e0\n')).toEqual([
    { output: 'next', status: 127 },
    { output: '', status: 0 },
  ]);
});

it('pulls the images of a lesson that a machine lacks', () => {
  const present = ['busybox:latest', 'debian:latest'];
  expect(imagesCommand(present, ['debian', 'busybox:latest'])).toBeUndefined();
  expect(imagesCommand(present, [])).toBeUndefined();
  expect(imagesCommand(present, ['busybox', 'registry', 'debian:12'])).toBe(
    'docker pull -q registry:latest && docker pull -q debian:12',
  );
});

it('writes files with any name, and long files in pieces that fit the line limit', () => {
  const text = `Grüße\n${'x'.repeat(5000)}`;
  const folder = mkdtempSync(join(tmpdir(), 'you-like-docker-'));
  try {
    const target = join(folder, "it's", 'a file');
    const commands = fileCommands(target, text);
    for (const command of commands) expect(controlRequest(command).length).toBeLessThan(4095);
    execFileSync('sh', ['-ec', commands.join('\n')]);
    expect(readFileSync(target, 'utf8')).toBe(text);
    execFileSync('sh', ['-ec', fileCommands(target, '').join('\n')]);
    expect(readFileSync(target, 'utf8')).toBe('');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it("looks for the reader's shell in commands that every shell can read", () => {
  execFileSync('sh', ['-n'], { input: controlRequest(asReader("grep -q 'it' a.txt || echo no")) });
});
