import { describe, expect, test } from 'vitest';
import { sameScreen } from './compare.ts';
import { findMasked, masks, type Mask, type MaskName } from './masks.ts';

/** An example without its ⟦ ⟧, and the parts between them. */
function read(example: string): { line: string; parts: string[] } {
  return {
    line: example.replace(/[⟦⟧]/g, ''),
    parts: Array.from(example.matchAll(/⟦(.*?)⟧/g), ([, part = '']) => part),
  };
}

const examples = (Object.entries(masks) as [MaskName, Mask][]).flatMap(([name, mask]) =>
  mask.examples.map((example) => ({ name, example })),
);

describe.each(examples)('the mask $name in $example', ({ name, example }) => {
  const { line, parts } = read(example);

  test('matches exactly the marked part', () => {
    const found = findMasked(line);
    expect(found.map(({ from, to }) => line.slice(from, to))).toEqual(parts);
    expect(new Set(found.map(({ mask }) => mask.name))).toEqual(new Set([name]));
  });

  test('hides no change beside it', () => {
    const masked = findMasked(line);
    for (let at = 0; at < line.length; at++) {
      const character = line.charAt(at);
      if (masked.some(({ from, to }) => at >= from && at < to) || !/[a-z0-9]/i.test(character))
        continue;
      // Replace digits with digits, which more of the patterns would match than letters.
      const other = /\d/.test(character)
        ? String((Number(character) + 1) % 10)
        : character === 'x'
          ? 'y'
          : 'x';
      expect(
        sameScreen(line, `${line.slice(0, at)}${other}${line.slice(at + 1)}`),
        `changed ${character} at ${at}`,
      ).toBe(false);
    }
    expect(sameScreen(line, `${line} more`)).toBe(false);
    expect(sameScreen(line, `more ${line}`)).toBe(false);
  });
});

test('every mask has an example', () => {
  for (const mask of Object.values<Mask>(masks)) expect(mask.examples.length).toBeGreaterThan(0);
});

test.each([
  'PRETTY_NAME="Debian GNU/Linux 13 (trixie)"',
  'exit status 127',
  'deadbeefcafe is a word of letters only',
  'Docker version 28.5.2, build ecc6942',
  'bash: line 1: figlet: command not found',
  '0.0.0.0:8080->80/tcp',
  'snake_case in the middle of a line',
  'EXPOSE 5000',
  '"Pid": 0,',
  'a capability: cap_chown',
  'br-1: docker_gwbridge',
  'key: mem_limit',
  'CMD ["bash"]   0B',
  'Build Cache   0   0   (0%)',
  'Images   3   0   (100%)',
  'link/loopback 00:00:00:00:00:00 brd ff:ff:ff:ff:ff:ff',
  '"FinishedAt": "0001-01-01T00:00:00Z"',
  // Help texts, which are the same for everybody.
  '(ms|s|m|h) (default 0s)',
  '--mac-address string   Container MAC address (e.g., 92:d0:c6:0a:29:33)',
  '--since string   Show logs since timestamp (e.g. "2013-01-02T13:23:37Z")',
  'or relative (e.g. "42m" for 42 minutes)',
])('nothing is masked in %s', (line) => {
  expect(findMasked(line)).toEqual([]);
});
