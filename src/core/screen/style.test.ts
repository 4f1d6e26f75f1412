import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { contrast, hexOf, INK, PALETTE, readable, TEXT, type Hex } from './palette.ts';
import { classesOf, extraRules } from './style.ts';

const AA = 4.5;

describe('the palette', () => {
  test.each([...PALETTE, TEXT])('%s is readable on INK', (color) => {
    expect(contrast(color, INK)).toBeGreaterThanOrEqual(AA);
  });

  test('is the same in the style sheets for text and player', () => {
    const css = ['terminal', 'player']
      .map((name) =>
        readFileSync(new URL(`../../site/styles/${name}.css`, import.meta.url), 'utf8'),
      )
      .join('');
    PALETTE.forEach((color, index) => {
      expect(css).toContain(`--term-color-${index}: ${color};`);
    });
    expect(css).toContain(`--term: ${INK};`);
    expect(css).toContain(`--term-color-background: ${INK};`);
    expect(css).toContain(`--term-text: ${TEXT};`);
    expect(css).toContain(`--term-color-foreground: ${TEXT};`);
  });

  test('has the colors of the cube and the grays', () => {
    expect(hexOf(208, 'text')).toBe('#ff8700');
    expect(hexOf(16, 'text')).toBe('#000000');
    expect(hexOf(231, 'text')).toBe('#ffffff');
    expect(hexOf(232, 'text')).toBe('#080808');
    expect(hexOf(255, 'text')).toBe('#eeeeee');
  });
});

describe('readable', () => {
  test.each<[Hex, Hex]>([
    ['#000080', INK],
    ['#ffffff', '#f6f8fa'],
    ['#888888', '#888888'],
    ['#ff0000', '#ff0000'],
  ])('%s on %s', (text, ground) => {
    expect(contrast(readable(text, ground), ground)).toBeGreaterThanOrEqual(AA);
  });

  test('does not change a readable color', () => {
    expect(readable('#ff8700', INK)).toBe('#ff8700');
  });
});

describe('classesOf', () => {
  test('names the theme colors by their value', () => {
    expect(classesOf({ fg: 2, bold: true, underline: true })).toEqual(['f-77d68a', 'b', 'u']);
  });

  test('swaps the colors of plain inverse text', () => {
    expect(classesOf({ inverse: true })).toEqual(['fd', 'gd']);
  });

  test('names other colors in the same way, with a rule for each', () => {
    const classes = classesOf({ fg: 208, bg: '#001122' });
    expect(classes).toEqual(['f-ff8700', 'g-001122']);
    expect(extraRules([...classes, 'fd', 'b', 'f-ff8700'])).toBe(
      '.f-ff8700{color:#ff8700}.g-001122{background:#001122}',
    );
  });

  test.each([
    { fg: 0, bg: 0 },
    { fg: 7, bg: 7 },
    { fg: 1, inverse: true as const },
    { fg: 4, bg: 2, inverse: true as const },
    { bg: 3 },
  ])('%j is readable', (style) => {
    const [text, ground] = classesOf(style).map((name): Hex => `#${name.slice(2)}`);
    if (text === undefined || ground === undefined) throw new Error('a color has no name');
    expect(contrast(text, ground)).toBeGreaterThanOrEqual(AA);
  });
});
