import type { Color } from '../recording/screen.ts';

/** `#rrggbb` */
export type Hex = `#${string}`;

/** The terminal's own colours: deep ink in the light and in the dark theme. `terminal.css`, `colours.css` and `player.css` hold the same values. */
export const INK: Hex = '#0f161e';
export const TEXT: Hex = '#cfd6dd';
export const BRIGHT: Hex = '#f6f8fa';

/** The colours 0–15 of the theme as text; each has a contrast of at least 4.5 : 1 on INK (WCAG 2.2, 1.4.3). */
export const PALETTE: readonly Hex[] = [
  '#84909c', '#ff7b6e', '#77d68a', '#e2bd55', '#78b4ff', '#d3a4f5', '#63cfcf', '#cfd6dd',
  '#96a2ae', '#ffa59b', '#a4ecb0', '#ffdc85', '#a9d0ff', '#e6c8ff', '#a2eaea', '#f6f8fa',
]; // prettier-ignore

/** Black as a background: 0 stands out from INK as text, and must not do so as a ground. */
const BLACK: Hex = '#000000';

/** The levels of the 6 × 6 × 6 cube, entries 16–231 of xterm's 256 colours (xterm: 256colres.pl). */
const CUBE = [0, 95, 135, 175, 215, 255] as const;

/** What a colour of a screen looks like, as text or as the ground under it. */
export function hexOf(color: Color, role: 'text' | 'ground'): Hex {
  if (typeof color === 'string') return color;
  if (color === 0 && role === 'ground') return BLACK;
  const own = PALETTE[color];
  if (own !== undefined) return own;
  if (color >= 232) return toHex([0, 1, 2].map(() => 8 + (color - 232) * 10));
  const index = color - 16;
  return toHex(
    [Math.floor(index / 36), Math.floor(index / 6) % 6, index % 6].map((step) => CUBE[step] ?? 0),
  );
}

/** The contrast of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio"). */
export function contrast(a: Hex, b: Hex): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/**
 * The text colour itself if it can be read on the ground; else, moved towards white or black as far as it
 * takes. Programs choose colours without knowing our ground.
 */
export function readable(text: Hex, ground: Hex): Hex {
  const target: Hex = luminance(ground) > 0.18 ? '#000000' : '#ffffff';
  for (let share = 0; share < 1; share += 0.125) {
    const candidate = mix(text, target, share);
    if (contrast(candidate, ground) >= 4.5) return candidate;
  }
  return target;
}

function mix(from: Hex, to: Hex, share: number): Hex {
  const target = channels(to);
  return toHex(
    channels(from).map((value, index) =>
      Math.round(value + ((target[index] ?? 0) - value) * share),
    ),
  );
}

function luminance(color: Hex): number {
  const [red = 0, green = 0, blue = 0] = channels(color).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function channels(color: Hex): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
}

function toHex(values: readonly number[]): Hex {
  return `#${values.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
