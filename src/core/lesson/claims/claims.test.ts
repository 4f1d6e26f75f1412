import { expect, test } from 'vitest';
import { parseLesson } from '../parse.ts';
import type { Problem } from '../problem.ts';
import { falseClaims, valueOf } from './claims.ts';
import type { Lookup } from './expression.ts';

const STEPS = `\`\`\`console cold measure.seconds=/(.+)/ measure.size=/(.+)/
$ true
\`\`\`

\`\`\`console warm measure.seconds=/(.+)/
$ true
\`\`\`
`;

function parsed(prose: string) {
  return parseLesson(`---\ntitle: T\ndescription: D\n---\n\n${STEPS}\n${prose}\n`, 'x.mdx');
}

const shown = (problems: readonly Omit<Problem, 'file'>[]) =>
  problems.map(({ line, title, found }) => `${line}: ${title}${found ? `: ${found}` : ''}`);

const MEASURED: Readonly<Record<string, string>> = {
  'cold.seconds': '12.4s',
  'warm.seconds': '350ms',
  'cold.size': '20MB',
};
const lookup: Lookup = ({ step, name }) => MEASURED[`${step}.${name}`];

test('a claim that holds is no problem, and one that does not is told with its line and values', () => {
  const { lesson } = parsed(
    [
      'It was <Claim that="cold.seconds > 30 * warm.seconds">thirty times slower</Claim>.',
      '',
      'It was <Claim that="cold.seconds > 40 * warm.seconds">forty times slower</Claim>.',
    ].join('\n'),
  );
  expect(shown(falseClaims(lesson?.claims ?? [], lookup))).toEqual([
    '16: what the lesson claims is not true of its recordings: 12.4 s and 14.0 s (cold.seconds is 12.4s, warm.seconds is 350ms)',
  ]);
});

test('values are computed, and written as the prose wants them', () => {
  const { lesson } = parsed(
    'By <Measured of="cold.seconds / warm.seconds" digits="0" />, <Measured of="cold.size / 2" unit="MB" digits="0" />.',
  );
  expect(lesson?.claims?.map((claim) => valueOf(claim, lookup))).toEqual(['35', '10\u00a0MB']);
});

test('a unit that counts something else is told', () => {
  const { lesson } = parsed('By <Measured of="cold.size" unit="s" />.');
  expect(shown(falseClaims(lesson?.claims ?? [], lookup))).toEqual([
    '14: bytes cannot be written in s: cold.size',
  ]);
});

test.each([
  [
    '<Claim that="cold.seconds > hot.seconds">x</Claim>',
    'no step of this lesson measures hot.seconds',
  ],
  ['<Claim that="cold.time > 1 s">x</Claim>', 'no step of this lesson measures cold.time'],
  ['<Claim that="cold.seconds is more">x</Claim>', /^expected <, <=, >, >= or =, found "is more"/],
  ['<Claim>x</Claim>', /^expected a measured value/],
  ['<Measured of="cold.seconds" unit="parsecs" />', 'parsecs is not a unit'],
  ['<Measured of="cold.seconds" digits="many" />', 'digits is not a number from 0 to 9'],
])('%s', (prose, title) => {
  const { lesson, problems } = parsed(`It is ${prose}.`);
  expect(lesson).toBeUndefined();
  expect(problems).toHaveLength(1);
  expect(problems[0]?.title).toMatch(title);
  expect(problems[0]?.line).toBe(14);
});
