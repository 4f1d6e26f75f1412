import { expect, test } from 'vitest';
import type { Screen, Style } from './screen.ts';
import { changedStyles } from './styles.ts';

const NONE = { before: new Map(), after: new Map() };
const [red, green] = [{ fg: 1 }, { fg: 2 }] as const satisfies Style[];

/** A screen of lines, each of runs: a text, or a text with its style. */
function screen(...lines: readonly (string | readonly [string, Style])[][]): Screen {
  return {
    lines: lines.map((line) =>
      line.map((run) =>
        typeof run === 'string' ? { text: run, style: {} } : { text: run[0], style: run[1] },
      ),
    ),
  };
}

test('styles are the same although masked text differs', () => {
  const one = screen(['took ', ['3s', green], ' ok'], []);
  expect(changedStyles(one, screen(['took ', ['120s', green], ' ok'], []))).toEqual(NONE);
});

test('the line in which Compose counts may have a color or not', () => {
  const done = { fg: 4 } as const satisfies Style;
  const [was, now] = [screen([['[+] Running 3/3', done]]), screen(['[+] Running 3/3'])];
  expect(changedStyles(was, now)).toEqual(NONE);
  expect(changedStyles(screen([['[+] Running', done]]), screen(['[+] Running']))).not.toEqual(NONE);
});

test('a different color changes exactly its characters', () => {
  const [was, now] = [screen(['a', ['bc', green], 'd']), screen(['a', ['bc', red], 'd'])];
  const spans = new Map([[0, [{ from: 1, to: 3 }]]]);
  expect(changedStyles(was, now)).toEqual({ before: spans, after: spans });
});

test('a style that begins one character later, or was removed, changes those characters', () => {
  const was = screen([['err', { italic: true }], 'or']);
  expect(changedStyles(was, screen([['e', { italic: true }], 'rror'])).after).toEqual(
    new Map([[0, [{ from: 1, to: 3 }]]]),
  );
  expect(changedStyles(was, screen(['error'])).before).toEqual(
    new Map([[0, [{ from: 0, to: 3 }]]]),
  );
});

test('a different style of masked text is a change', () => {
  expect(changedStyles(screen(['in ', ['3s', green]]), screen(['in ', ['12s', red]]))).toEqual({
    before: new Map([[0, [{ from: 3, to: 5 }]]]),
    after: new Map([[0, [{ from: 3, to: 6 }]]]),
  });
});

test('rows of parallel work are compared regardless of their order', () => {
  const rows = [[' => one 0.1s'], [[' => two 0.2s', red] as const]];
  expect(changedStyles(screen(...rows), screen(...rows.toReversed()))).toEqual(NONE);
  expect(
    changedStyles(screen(...rows), screen([[' => two 0.2s', green]], [' => one 0.1s'])),
  ).toEqual({
    before: new Map([
      [
        1,
        [
          { from: 1, to: 3 },
          { from: 4, to: 7 },
          { from: 8, to: 12 },
        ],
      ],
    ]),
    after: new Map([
      [
        0,
        [
          { from: 1, to: 3 },
          { from: 4, to: 7 },
          { from: 8, to: 12 },
        ],
      ],
    ]),
  });
});

test('a name that BuildKit truncated earlier is compared as far as both screens show it', () => {
  const row = (name: string, time: string, style: Style) =>
    screen([[` => ${name}  ${time}`, style]]);
  expect(
    changedStyles(
      row('RUN apt-get install -y', '6.3s', red),
      row('RUN apt-get install ', '112.4s', red),
    ),
  ).toEqual(NONE);
  expect(
    changedStyles(
      row('RUN apt-get install -y', '6.3s', red),
      row('RUN apt-get install ', '112.4s', green),
    ).after.size,
  ).toBe(1);
});
