import { readFile } from 'node:fs/promises';

/** The style sheets of the site whose rules hold in every file. */
const SHARED = ['shared', 'diagrams', 'plot'];
const SITE = new URL('../../src/site/styles/', import.meta.url);

/** The style sheet of a file, after those that it shares with the site. */
export async function stylesOf(own: URL, more: readonly string[] = []): Promise<string> {
  const shared = [...more, ...SHARED].map((name) => new URL(`${name}.css`, SITE));
  const sheets = await Promise.all([...shared, own].map((sheet) => readFile(sheet, 'utf8')));
  return sheets.join('\n');
}
