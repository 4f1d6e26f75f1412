import { expect, test } from 'vitest';
import { MarkReader, type Piece } from './marks.ts';

const NONCE = 'abc123';
const OURS = `\x1b]133;B;${NONCE};0\x07`;

function read(chunks: string[]): Piece[] {
  const reader = new MarkReader(NONCE);
  return chunks.flatMap((chunk) => reader.read(chunk));
}

const texts = (pieces: Piece[]) =>
  pieces
    .map((piece) => ('text' in piece ? piece.text : `<${piece.mark.kind}${piece.mark.value}>`))
    .join('');

test('marks are extracted, wherever the output is split', () => {
  const output = `before${OURS}after`;
  for (let cut = 0; cut <= output.length; cut++)
    expect(texts(read([output.slice(0, cut), output.slice(cut)]))).toBe('before<B0>after');
  expect(texts(read(output.split('')))).toBe('before<B0>after');
});

test.each([
  ['a mark with another nonce', '\x1b]133;B;other;0\x07'],
  ['a mark without a nonce', '\x1b]133;A\x07'],
  ['a mark that ends otherwise', `\x1b]133;B;${NONCE};0\x1b\\ and text`],
  ['an opening without an end', `\x1b]133;${'x'.repeat(300)}`],
  ['two openings', `\x1b]133;\x1b]133;B;other\x07`],
  ['a value that is no number', `\x1b]133;B;${NONCE};zero\x07`],
])('%s stays output', (_, output) => {
  expect(texts(read([output]))).toBe(output);
  expect(texts(read(output.split('')))).toBe(output);
});

test('prompt variables that a lesson prints are output', () => {
  const literal = `\x1b]133;A;${NONCE};$?\x07$ \x1b]133;A;${NONCE};\x07`;
  const expanded = `\x01\x1b]133;A;${NONCE};0\x07\x02$ \x01${OURS}\x02`;
  for (const output of [literal, expanded]) {
    expect(texts(read([output]))).toBe(output);
    expect(texts(read(output.split('')))).toBe(output);
  }
});

test('what set -v prints of the shell integration is removed', () => {
  const output = `a\t{ b\r\n\t{ __mark_prompts_${NONCE}; } >/dev/null 2>&1\r\n${OURS}c\t`;
  for (const chunks of [[output], output.split('')])
    expect(texts(read([...chunks, 'd']))).toBe('a\t{ b\r\n<B0>c\td');
});
