import type { Color } from '../recording/screen.ts';

/** `#rrggbb` */
export type Hex = `#${string}`;

/**
 * The terminal's colors, which are the same in the light and the dark theme. `terminal.css`
 * and `player.css` contain the same values.
 */
export const INK: Hex = '#0f161e';
export const TEXT: Hex = '#cfd6dd';
export const BRIGHT: Hex = '#f6f8fa';

/**
 * The theme's text colors 0–15, each with a contrast of at least 4.5:1 on INK (WCAG 2.2, 1.4.3).
 */
export const PALETTE: readonly Hex[] = [
  '#84909c', '#ff7b6e', '#77d68a', '#e2bd55', '#78b4ff', '#d3a4f5', '#63cfcf', '#cfd6dd',
  '#96a2ae', '#ffa59b', '#a4ecb0', '#ffdc85', '#a9d0ff', '#e6c8ff', '#a2eaea', '#f6f8fa',
]; // prettier-ignore

/**
 * Black as a background: as text, color 0 must stand out from INK; as a background, it must not.
 */
const BLACK: Hex = '#000000';

/** The levels of the 6 × 6 × 6 cube, indices 16–231 of xterm's 256 colors (xterm: 256colres.pl). */
const CUBE = [0, 95, 135, 175, 215, 255] as const;

/** The RGB value of a screen color, used as text or as background. */
export function hexOf(color: Color, role: 'text' | 'background'): Hex {
  if (typeof color === 'string') return color;
  if (color === 0 && role === 'background') return BLACK;
  const own = PALETTE[color];
  if (own !== undefined) return own;
  if (color >= 232) return toHex([0, 1, 2].map(() => 8 + (color - 232) * 10));
  const index = color - 16;
  return toHex(
    [Math.floor(index / 36), Math.floor(index / 6) % 6, index % 6].map((step) => CUBE[step] ?? 0),
  );
}

/** The contrast ratio of two colors, from 1 to 21 (WCAG 2.2). */
export function contrast(a: Hex, b: Hex): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/**
 * The text color if it is readable on the background; otherwise, the color moved toward white or
 * black as far as necessary. Programs choose colors without knowing our background.
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
