import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A package of the npm registry whose code runs in the reader's browser. */
export interface NpmPackage {
  readonly name: string;
  readonly version: string;
  /** Name of the licence (SPDX). */
  readonly licence: string;
  /** Address of its source. */
  readonly source: string;
  /** The text of the licence. */
  readonly text: string;
}

/**
 * The packages that only the browser lab uses, each with the one that has its licence: all of xterm
 * are made from one repository, but not each has the file.
 */
const NAMES = [
  ['v86', 'v86'],
  ['@xterm/xterm', '@xterm/xterm'],
  ['@xterm/addon-fit', '@xterm/xterm'],
  ['@xterm/addon-serialize', '@xterm/xterm'],
  ['@xterm/addon-unicode11', '@xterm/xterm'],
] as const;

const MODULES = join(import.meta.dirname, '../../../node_modules');

export async function npmPackages(): Promise<NpmPackage[]> {
  return Promise.all(
    NAMES.map(async ([name, licensed]) => {
      const { version, license, repository } = JSON.parse(
        await readFile(join(MODULES, name, 'package.json'), 'utf8'),
      ) as {
        readonly version: string;
        readonly license: string;
        readonly repository: string;
      };
      const source = repository.replace(/^github:/, 'https://github.com/');
      const text = await readFile(join(MODULES, licensed, 'LICENSE'), 'utf8');
      return { name, version, licence: license, source, text };
    }),
  );
}
