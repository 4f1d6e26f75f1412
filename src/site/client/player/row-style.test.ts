import { describe, expect, test } from 'vitest';
import { rowStyles, type ScreenLines } from './row-style.ts';

const lines: ScreenLines = {
  typed: [
    { prompt: '$ ', text: '$ docker run debian', marks: [] },
    { prompt: 'root@eaf9:/# ', text: 'root@eaf9:/# cat', marks: [{ from: 5, to: 9 }] },
  ],
  marked: new Map([
    ['id: eaf9fe64', [{ from: 4, to: 12 }]],
    ['0123456789abcdefghij', [{ from: 7, to: 13 }]],
  ]),
};
const stylesOf = (cols: number, ...rows: string[]) => rowStyles(rows, cols, lines);

describe('rowStyles', () => {
  test.each(['$', '$ doc', '$ docker run debian'])(
    'finds a command that is being typed: %s',
    (row) => {
      expect(stylesOf(80, row)).toEqual([{ prompt: 2, marks: [] }]);
    },
  );

  test('keeps the marks of a prompt and of output', () => {
    expect(stylesOf(80, 'root@eaf9:/# c', 'id: eaf9fe64')).toEqual([
      { prompt: 13, marks: [{ from: 5, to: 9 }] },
      { marks: [{ from: 4, to: 12 }] },
    ]);
  });

  test('ignores rows that are not on the final screen', () => {
    const rows = ['', 'doc', '$ docker rm', 'Pulling 40 %'];
    expect(stylesOf(80, ...rows)).toEqual(rows.map(() => ({ marks: [] })));
  });

  test('follows a line across wrapped rows', () => {
    expect(stylesOf(10, '0123456789', 'abcdefghij', '')).toEqual([
      { marks: [{ from: 7, to: 10 }] },
      { marks: [{ from: 0, to: 3 }] },
      { marks: [] },
    ]);
    expect(stylesOf(12, 'id: eaf9fe64', 'another line')).toEqual([
      { marks: [{ from: 4, to: 12 }] },
      { marks: [] },
    ]);
    expect(stylesOf(10, '$ docker r', 'un de')).toEqual([
      { prompt: 2, marks: [] },
      { prompt: 0, marks: [] },
    ]);
  });
});
