import { expect, test } from 'vitest';
import { shownAs } from './media.ts';

const response = (type: string | undefined, body: string | Uint8Array<ArrayBuffer>) => ({
  status: 200,
  headers: new Map(type === undefined ? [] : [['content-type', type]]),
  body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
});

test.each([
  ['text/html; charset=utf-8', { kind: 'html', text: '<p>ü' }],
  ['Application/XHTML+XML', { kind: 'html', text: '<p>ü' }],
  ['text/plain', { kind: 'text', text: '<p>ü' }],
  ['application/json', { kind: 'text', text: '<p>ü' }],
  ['application/problem+json; x=y', { kind: 'text', text: '<p>ü' }],
  ['text/javascript', { kind: 'text', text: '<p>ü' }],
  ['image/svg+xml', { kind: 'image', type: 'image/svg+xml' }],
  ['application/zip', { kind: 'file', type: 'application/zip' }],
  [undefined, { kind: 'html', text: '<p>ü' }],
])('%s', (type, shown) => {
  expect(shownAs(response(type, '<p>ü'))).toEqual(shown);
});

test('without a type, it is text or a file', () => {
  expect(shownAs(response(undefined, 'a < b'))).toMatchObject({ kind: 'text' });
  expect(shownAs(response(undefined, 'a\0b'))).toMatchObject({ kind: 'file' });
});

test('an empty response shows its status', () => {
  expect(shownAs({ status: 404, headers: new Map(), body: new Uint8Array() })).toEqual({
    kind: 'text',
    text: 'HTTP 404',
  });
});

test.each([
  ['text/html; charset=ISO-8859-1', '<p>\xfc'],
  ['text/html', '<meta charset="latin1"><p>\xfc'],
  ['text/html', '<meta http-equiv="content-type" content="text/html; charset=latin1"><p>\xfc'],
])('the encoding is the one that is named: %s, %s', (type, text) => {
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  expect(shownAs(response(type, bytes))).toEqual({ kind: 'html', text: text });
});

test('an encoding that does not exist is UTF-8', () => {
  expect(shownAs(response('text/plain; charset=x', 'ü'))).toMatchObject({ text: 'ü' });
});
