import type { Style } from '../recording/screen.ts';
import { hexOf, INK, readable, TEXT, type Hex } from './palette.ts';

/**
 * Class names for the style of a run: `f-…` and `g-…` are a color (as text and as background), `fd`
 * and `gd` the theme's text and background swapped. `extraRules` provides rules for the colors,
 * because a strict Content-Security-Policy forbids style attributes.
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

/** CSS rules for class names from `classesOf` that are not in a style sheet. */
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
    return { text: named('f', readable(hexOf(fg, 'text'), INK)), ground: undefined };
  }
  const [front, back] = inverse === true ? [bg, fg] : [fg, bg];
  const ground = back === undefined ? (inverse === true ? TEXT : INK) : hexOf(back, 'background');
  const wanted = front === undefined ? (inverse === true ? INK : TEXT) : hexOf(front, 'text');
  if (front === undefined && back === undefined) return { text: 'fd', ground: 'gd' };
  return { text: named('f', readable(wanted, ground)), ground: named('g', ground) };
}

function named(kind: 'f' | 'g', color: Hex): string {
  return `${kind}-${color.slice(1).toLowerCase()}`;
}
