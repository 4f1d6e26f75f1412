import type { Style } from '../recording/screen.ts';
import { hexOf, INK, readable, TEXT, type Hex } from './palette.ts';

/**
 * How a run of a screen looks, as class names: `f0`–`f15` and `g0`–`g15` are the theme's colours (as text, as
 * ground), `fd` and `gd` the theme's ground and text swapped, `f-…` and `g-…` any other colour, for which
 * `extraRules` writes the rules: a strict Content-Security-Policy allows no style attributes.
 */
export function classesOf(style: Style): string[] {
  const { text, ground } = colorsOf(style);
  return [
    ...(text === undefined ? [] : [text]),
    ...(ground === undefined ? [] : [ground]),
    ...(style.bold ? ['b'] : []),
    ...(style.dim ? ['d'] : []),
    ...(style.italic ? ['i'] : []),
    ...(style.underline ? ['u'] : []),
    ...(style.strike ? ['s'] : []),
    ...(style.invisible ? ['h'] : []),
  ];
}

/** Style rules for the class names of `classesOf` that no style sheet holds. */
export function extraRules(classes: Iterable<string>): string {
  return [...new Set(classes)]
    .filter((name) => /^[fg]-[0-9a-f]{6}$/.test(name))
    .sort()
    .map((name) => `.${name}{${name.startsWith('f') ? 'color' : 'background'}:#${name.slice(2)}}`)
    .join('');
}

function colorsOf({ fg, bg, inverse }: Style): {
  text: string | undefined;
  ground: string | undefined;
} {
  if (bg === undefined && inverse !== true) {
    if (fg === undefined) return { text: undefined, ground: undefined };
    if (typeof fg === 'number' && fg < 16) return { text: `f${fg}`, ground: undefined };
    return { text: named('f', readable(hexOf(fg, 'text'), INK)), ground: undefined };
  }
  const [front, back] = inverse === true ? [bg, fg] : [fg, bg];
  const ground = back === undefined ? (inverse === true ? TEXT : INK) : hexOf(back, 'ground');
  const wanted = front === undefined ? (inverse === true ? INK : TEXT) : hexOf(front, 'text');
  if (front === undefined && back === undefined) return { text: 'fd', ground: 'gd' };
  return { text: named('f', readable(wanted, ground)), ground: named('g', ground) };
}

function named(kind: 'f' | 'g', color: Hex): string {
  return `${kind}-${color.slice(1).toLowerCase()}`;
}
