import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CiError } from '../../scripts/ci/error.ts';
import { applyPatch, makePatch, RECORDINGS } from '../../scripts/ci/patch.ts';
import { type Checkout, Remote } from '../support/checkout.ts';

/* Patches of recordings: a run of a pull request from a fork may hand back anything. */

let remote: Remote;
let main: Checkout;
/** Makes a patch of a change, as a run of a stranger may hand back. */
const patchOf = (change: () => void): string => {
  const at = main.git('rev-parse', 'HEAD').trim();
  change();
  main.git('add', '--all');
  const file = join(remote.folder, 'stranger.patch');
  writeFileSync(file, main.git('diff', '--cached', '--binary', 'HEAD'));
  main.git('reset', '--quiet', '--hard', at);
  return file;
};
beforeEach(() => {
  remote = new Remote();
  main = remote.begin();
  main.write('recordings/one/only.txt', '$ echo one\none\n');
  main.write('recordings/one/browser.json', '{}\n');
  main.push('A recording');
});
afterEach(() => remote.remove());

test('a patch that only writes and removes recordings is applied', async () => {
  const file = patchOf(() => {
    main.write('recordings/one/other.txt', 'other\n');
    writeFileSync(join(main.folder, 'recordings/one/other.png'), Buffer.from([0, 1, 255, 254]));
    main.git('rm', '--quiet', 'recordings/one/only.txt');
  });
  expect((await applyPatch(main.folder, file, RECORDINGS)).sort()).toEqual([
    'recordings/one/only.txt',
    'recordings/one/other.png',
    'recordings/one/other.txt',
  ]);
  expect([...readFileSync(join(main.folder, 'recordings/one/other.png'))]).toEqual([
    0, 1, 255, 254,
  ]);
  expect(main.git('status', '--short')).toBe(
    'D  recordings/one/only.txt\nA  recordings/one/other.png\nA  recordings/one/other.txt\n',
  );
});

test('a patch may remove the result of the browser lab with the recordings', async () => {
  const file = patchOf(() => main.git('rm', '-r', '--quiet', 'recordings/one'));
  await applyPatch(main.folder, file, RECORDINGS);
  expect(main.git('status', '--short')).toBe(
    'D  recordings/one/browser.json\nD  recordings/one/only.txt\n',
  );
});

test('a patch that removes this result and writes it again is refused', async () => {
  const path = 'recordings/one/browser.json';
  const removed = readFileSync(patchOf(() => main.git('rm', '--quiet', path)));
  const at = main.git('rev-parse', 'HEAD').trim();
  main.git('rm', '--quiet', path);
  main.git('commit', '--quiet', '-m', 'Without it');
  const file = patchOf(() => main.write(path, 'another\n'));
  main.git('reset', '--quiet', '--hard', at);
  writeFileSync(file, Buffer.concat([removed, readFileSync(file)]));
  await expect(applyPatch(main.folder, file, RECORDINGS)).rejects.toThrow(CiError);
  expect(main.read(path)).toBe('{}\n');
});

test.each([
  ['another result of the browser lab', () => main.write('recordings/one/browser.json', '1\n')],
  ['a new result of the browser lab', () => main.write('recordings/two/browser.json', '{}\n')],
  ['a workflow', () => main.write('.github/workflows/evil.yml', 'on: push\n')],
  ['a script', () => main.write('scripts/ci.ts', 'evil()\n')],
  ['a file beside the recordings', () => main.write('recordings/evil.sh', 'evil\n')],
  ['an invalid id of a lesson', () => main.write('recordings/-one/only.txt', 'evil\n')],
  ['an invalid id of a step', () => main.write('recordings/one/-x.txt', 'evil\n')],
  ['a file of another kind', () => main.write('recordings/one/evil.sh', 'evil\n')],
  [
    'an executable file',
    () => {
      main.write('recordings/one/evil.txt', 'evil\n');
      chmodSync(join(main.folder, 'recordings/one/evil.txt'), 0o755);
    },
  ],
  [
    'a link out of the folder',
    () => {
      mkdirSync(join(main.folder, 'recordings/two'), { recursive: true });
      symlinkSync('/etc/passwd', join(main.folder, 'recordings/two/only.txt'));
    },
  ],
])('a patch is refused with %s', async (_, change) => {
  const before = main.git('rev-parse', 'HEAD');
  const file = patchOf(change);
  expect(readFileSync(file, 'utf8')).not.toBe('');
  await expect(applyPatch(main.folder, file, RECORDINGS)).rejects.toThrow(CiError);
  expect(main.git('status', '--short')).toBe('');
  expect(main.git('rev-parse', 'HEAD')).toBe(before);
});

test('a patch is refused with a path out of the folder', async () => {
  const file = join(remote.folder, 'stranger.patch');
  writeFileSync(
    file,
    [
      'diff --git a/recordings/../../evil.txt b/recordings/../../evil.txt',
      'new file mode 100644',
      '--- /dev/null',
      '+++ b/recordings/../../evil.txt',
      '@@ -0,0 +1 @@',
      '+evil',
      '',
    ].join('\n'),
  );
  await expect(applyPatch(main.folder, file, RECORDINGS)).rejects.toThrow();
  expect(existsSync(join(remote.folder, 'evil.txt'))).toBe(false);
});

test('a patch is made with new files, and the index stays as it is', async () => {
  main.write('recordings/one/only.txt', 'changed\n');
  main.write('recordings/three/only.txt', 'new\n');
  main.write('elsewhere.txt', 'not of interest\n');
  const patch = await makePatch(main.folder, RECORDINGS);
  expect([...patch.matchAll(/^diff --git a\/(\S+)/gm)].map(([, path]) => path)).toEqual([
    'recordings/one/only.txt',
    'recordings/three/only.txt',
  ]);
  expect(main.git('diff', '--cached', '--name-only')).toBe('');
});
