import { expect, test } from 'vitest';
import { PARTS } from '../../core/lesson/schema.ts';
import { GLYPHS } from './stencil.ts';

test('there is a stencil for the letter of each part and for each digit', () => {
  // The deep dives follow the parts of the core path.
  const letters = [...PARTS, 'Deep dives'].map((_, index) =>
    String.fromCharCode('A'.charCodeAt(0) + index),
  );
  for (const char of [...letters, ...Object.keys('0123456789')])
    expect(GLYPHS[char]).toMatch(/^M[\d.\sMLHV]+$/);
});
