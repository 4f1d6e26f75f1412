import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/* Fonts of the project's own, so that a file looks the same wherever it was made. */

const require = createRequire(import.meta.url);
const TEXT = '@fontsource/source-sans-3/files/source-sans-3';
const CODE = 'dejavu-fonts-ttf/ttf/DejaVuSansMono';
const CHINESE = '@fontsource-variable/noto-sans-sc/index.css';

/** Bits of Unicode that the two files of the text font cover, as its own style sheets say. */
const LATIN =
  'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD';
const MORE_LATIN =
  'U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF';

/** A Chinese letter takes two cells of a terminal: twice what a letter of the code font takes of an em, 1233/2048. */
const WIDE = 'size-adjust: 120.41%;';

/** The fonts of the code: box drawing is in all of them. */
export const CODE_FONTS = [
  { file: require.resolve(`${CODE}.ttf`), weight: 400, style: 'normal' },
  { file: require.resolve(`${CODE}-Bold.ttf`), weight: 700, style: 'normal' },
] as const;

/**
 * Rules for the fonts of a page that a browser on this machine prints: `Text` and `Code`, and `Chinese` and `Wide`,
 * which go with them; of these a browser takes the parts that it needs.
 */
export async function printedFonts(): Promise<string> {
  const text = [400, 600, 700].flatMap((weight) =>
    (weight === 400 ? ['normal', 'italic'] : ['normal']).flatMap((style) => [
      face('Text', `${TEXT}-latin-${weight}-${style}.woff2`, weight, style, LATIN),
      face('Text', `${TEXT}-latin-ext-${weight}-${style}.woff2`, weight, style, MORE_LATIN),
    ]),
  );
  const code = CODE_FONTS.map(({ file, weight, style }) => face('Code', file, weight, style));
  return [...text, ...code, await chinese('Chinese'), await chinese('Wide', WIDE)].join('\n');
}

/** The rules of the font's own style sheet, under another name. */
async function chinese(name: string, adjust?: string): Promise<string> {
  const sheet = require.resolve(CHINESE);
  const folder = pathToFileURL(sheet);
  const css = await readFile(sheet, 'utf8');
  return css
    .replace(/font-family: [^;]+;/g, `font-family: ${name};${adjust ?? ''}`)
    .replace(/url\(([^)]+)\)/g, (_, path: string) => `url(${new URL(path, folder).href})`);
}

function face(name: string, file: string, weight: number, style: string, range?: string): string {
  const url = pathToFileURL(require.resolve(file)).href;
  const bits = range === undefined ? '' : `unicode-range:${range};`;
  return `@font-face{font-family:${name};font-weight:${weight};font-style:${style};${bits}src:url(${url})}`;
}
