import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/* The project brings its own fonts, so that a file looks the same wherever it is made. */

const require = createRequire(import.meta.url);
const TEXT = '@fontsource/source-sans-3/files/source-sans-3';
const CODE = 'dejavu-fonts-ttf/ttf/DejaVuSansMono';
const CHINESE = '@fontsource-variable/noto-sans-sc/index.css';

/** Unicode ranges of the two files of the text font, as in its style sheets. */
const LATIN =
  'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD';
const MORE_LATIN =
  'U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF';

/**
 * A Chinese character takes two terminal cells: twice the width of a character of the code font,
 * which is 1233/2048 em.
 */
const WIDE = 'size-adjust: 120.41%;';

/** The fonts for code. All of them contain box-drawing characters. */
export const CODE_FONTS = [
  { file: require.resolve(`${CODE}.ttf`), weight: 400, style: 'normal' },
  { file: require.resolve(`${CODE}-Bold.ttf`), weight: 700, style: 'normal' },
] as const;

/**
 * CSS rules for the fonts of a page printed by a browser on this machine: `Text` and `Code`, each
 * with its Chinese fallback, `Chinese` and `Wide`. A browser loads only the parts that it needs.
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

/** The rules of the style sheet of the Chinese font, under another family name. */
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
