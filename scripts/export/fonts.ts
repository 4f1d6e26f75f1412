import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/* The project brings its own fonts, so that a file looks the same wherever it is made. */

const require = createRequire(import.meta.url);
const TEXT = ['400', '400-italic', '600', '700'].map(
  (name) => `@fontsource/source-sans-3/${name}.css`,
);
const CODE = 'dejavu-fonts-ttf/ttf/DejaVuSansMono';
const CHINESE = '@fontsource-variable/noto-sans-sc/index.css';

/** The sign ℹ, which the test runner of Node.js prints and the code font does not have. */
const SIGN = { file: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'), range: 'U+2139' };

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
  const code = CODE_FONTS.map(({ file, weight, style }) => {
    const url = pathToFileURL(file).href;
    return `@font-face{font-family:Code;font-weight:${weight};font-style:${style};src:url(${url})}`;
  });
  const sign = `@font-face{font-family:Code;src:url(${pathToFileURL(SIGN.file).href});unicode-range:${SIGN.range}}`;
  const sheets = await Promise.all([
    ...TEXT.map((sheet) => rulesOf(sheet, 'Text')),
    rulesOf(CHINESE, 'Chinese'),
    rulesOf(CHINESE, 'Wide', WIDE),
  ]);
  return [...code, sign, ...sheets].join('\n');
}

/** The rules of the style sheet of a font, under another family name. */
async function rulesOf(name: string, family: string, adjust = ''): Promise<string> {
  const sheet = require.resolve(name);
  const folder = pathToFileURL(sheet);
  const css = await readFile(sheet, 'utf8');
  return css
    .replace(/font-family: [^;]+;/g, `font-family: ${family};${adjust}`)
    .replace(/url\(([^)]+)\)/g, (_, path: string) => `url(${new URL(path, folder).href})`);
}
