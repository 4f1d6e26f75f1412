import { expect, test } from 'vitest';
import type { Quote } from '../lesson/quotes.ts';
import type { NamedMask } from './masks.ts';
import { linkedQuotes, listed, lostQuotes, phrasePlaces, withQuotes } from './quotes.ts';

/** A screen whose lines that begin with `$` were typed. */
function screen(...lines: readonly string[]) {
  const commands = lines.flatMap((line, from) =>
    line.startsWith('$') ? [{ shown: { from, to: from + 1 } }] : [],
  );
  return { screen: `${lines.join('\n')}\n`, commands };
}

const quote = (text: string, ...steps: [string, ...string[]]): Quote => ({
  ...{ line: 7, text, folded: false, steps },
});
const count = (phrase: string, ...lines: readonly string[]) =>
  phrasePlaces(phrase, screen(...lines), []).length;

test('a phrase is found as whole words', () => {
  expect(phrasePlaces('Exited (0)', screen('$ docker ps', 'hen   Exited (0)'), [])).toEqual([
    { line: 1, from: 6, to: 16 },
  ]);
  expect(count('-i', 'docker run -it debian')).toBe(0);
  expect(count('run', 'docker-run')).toBe(0);
  expect(count('docker', 'unix:///var/run/docker.sock')).toBe(0);
  expect(count('1.2', 'version 1.2.3')).toBe(0);
  expect(count('latest', 'debian:latest.')).toBe(1);
  expect(count('#(nop)', '/bin/sh -c #(nop)  CMD')).toBe(1);
});

test('a blank stands for the padding of a table', () => {
  expect(count('REPOSITORY TAG', 'REPOSITORY     TAG')).toBe(1);
});

test('typed lines count only if no printed line shows the phrase', () => {
  expect(count('debian', '$ docker run debian', 'debian: pulled')).toBe(1);
  expect(count('--rm', '$ docker run --rm debian', 'root')).toBe(1);
  expect(count('--rm', '$ docker run --rm debian', '$ docker run --rm -it debian')).toBe(2);
});

test('a single word is not quoted from commands', () => {
  expect(count('docker', '$ docker ps', 'hen')).toBe(0);
  expect(count('docker', '$ ps', 'PID  COMMAND', '7    docker')).toBe(1);
});

test('what masks match does not count, whatever the run printed', () => {
  const mask: NamedMask = { name: 'build', pattern: /build-\w+/g, why: 'random' };
  const places = (line: string) => phrasePlaces('abc', screen('abc', line), [mask]).length;
  expect(places('build-abc')).toBe(1);
  expect(places('build-xyz')).toBe(1);
  expect(places('abc again')).toBe(2);
});

test('a quote is linked to the first of its steps that shows it, if that shows it once', () => {
  const screens = { one: screen('two', 'two', 'one'), two: screen('two', 'three') };
  const linked = linkedQuotes(
    [
      quote('one', 'one', 'two'),
      quote('two', 'one', 'two'),
      quote('three', 'one', 'two'),
      quote('three', 'two'),
      quote('four', 'one', 'missing'),
    ],
    (step) => (step === 'one' || step === 'two' ? screens[step] : undefined),
    [],
  );
  expect(listed(linked)).toEqual({ one: ['one'], two: ['three'] });
});

test('a quote in folded text does not take the link from one that is always seen', () => {
  const quotes = [{ ...quote('one', 'a'), folded: true }, quote('one', 'a'), quote('one', 'a')];
  const linked = linkedQuotes(quotes, () => screen('one'), []);
  expect(linked.map((one) => quotes.indexOf(one.quote))).toEqual([0, 1]);
  expect(listed(linked)).toEqual({ a: ['one'] });
});

test('a listed quote is lost if the prose still has it and the screen does not show it once', () => {
  const prose = [quote('Egg 3', 'logs', 'ps'), quote('Egg 1', 'logs')];
  const list = { logs: ['Egg 1', 'Egg 2', 'Egg 3'] };
  const lost = (...lines: string[]) => lostQuotes(prose, list, () => screen(...lines), []);
  expect(lost('Egg 1', 'Egg 3')).toEqual([]);
  expect(lost('Egg 1', 'Egg 1')).toMatchObject([
    { step: 'logs', line: 7, expected: 'Egg 1', found: 'it is there 2 times' },
    { step: 'logs', line: 7, expected: 'Egg 3', found: 'it is not on the screen' },
  ]);
});

test('a proof without quotes has no list', () => {
  const proof = { lesson: 'a', quotes: { one: ['x'] } };
  expect(withQuotes(proof, {})).toEqual({ lesson: 'a' });
  expect(withQuotes(proof, { two: ['y'] })).toEqual({ lesson: 'a', quotes: { two: ['y'] } });
});
