import { expect, test } from 'vitest';
import { BREAK, orderQuery, waysFrom } from './order.ts';

const QUERY = orderQuery(['run', BREAK, 'images', 'compose']);

test('lessons follow each other as the address says, in each language', () => {
  expect(waysFrom('/base/present/images/', QUERY)).toEqual({
    before: '/base/present/run/',
    next: '/base/present/compose/',
    hasBreak: false,
  });
  expect(waysFrom('/es/present/run/', `${QUERY}&notes=`)).toEqual({
    before: undefined,
    next: '/es/present/images/',
    hasBreak: true,
  });
});

test('an address names no order, or the order of other lessons', () => {
  expect(waysFrom('/present/run/', '?notes=')).toBeUndefined();
  expect(waysFrom('/present/volumes/', QUERY)).toBeUndefined();
});
