import { ESLint } from 'eslint';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import tseslint from 'typescript-eslint';
import { beforeAll, describe, expect, test } from 'vitest';
import { LAYERS } from '../eslint.config.js';

const RULES = [
  'import-x/no-restricted-paths',
  'no-restricted-imports',
  'no-restricted-globals',
  'no-restricted-syntax',
];

let eslint: ESLint;
beforeAll(() => {
  // Types take long, and no rule of layers needs them.
  const withoutTypes = [{ ...tseslint.configs.disableTypeChecked, files: ['**/*.ts'] }];
  eslint = new ESLint({ overrideConfig: withoutTypes });
});

/** Lines of a text that a layer's rules refuse if it is a file of the project. */
async function refusedLines(file: string, text: string): Promise<number[]> {
  const [result] = await eslint.lintText(text, { filePath: file });
  const messages = result?.messages ?? [];
  expect(messages.filter(({ fatal }) => fatal)).toEqual([]);
  return messages
    .filter(({ ruleId }) => ruleId !== null && RULES.includes(ruleId))
    .map(({ line }) => line);
}

/** Whether a file may not import a module; a path begins at the project's root. */
async function isRefused(file: string, module: string): Promise<boolean> {
  const isPath = /^(src|scripts|tests)\//.test(module);
  const specifier = isPath ? specifierOf(file, module) : module;
  const lines = await refusedLines(file, script(file, `import '${specifier}';\n`));
  return lines.length > 0;
}

/** The path by which a file imports another. */
function specifierOf(from: string, to: string): string {
  const path = relative(dirname(from), to);
  return path.startsWith('.') ? path : `./${path}`;
}

/** Code in the syntax of a file. */
function script(file: string, code: string): string {
  return file.endsWith('.astro') ? `---\n${code}---\n` : code;
}

test.each([
  ['src/core/lesson/parse.ts', 'node:fs'],
  ['src/core/lesson/parse.ts', 'astro:content'],
  ['src/core/lesson/parse.ts', 'src/core/recording/proof.ts'],
  ['src/core/lesson/parse.ts', 'scripts/command/progress.ts'],
  ['src/core/recording/cast.ts', 'node:crypto'],
  ['src/core/recording/cast.ts', 'dockerode'],
  ['src/core/recording/cast.ts', 'scripts/command/progress.ts'],
  ['src/store/recordings.ts', 'scripts/recorder/record.ts'],
  ['src/store/recordings.ts', 'src/site/links.ts'],
  ['src/site/client/copy.ts', 'scripts/recorder/record.ts'],
  ['src/site/client/copy.ts', 'src/browser-lab/build/publish.ts'],
  ['src/site/client/copy.ts', 'node:fs'],
  ['src/browser-lab/panel/open.ts', 'src/browser-lab/build/publish.ts'],
  ['src/site/markdown/lesson-plugin.ts', 'dockerode'],
  ['src/site/components/Terminal.astro', 'scripts/recorder/record.ts'],
  ['src/site/pages/index.astro', 'dockerode'],
  ['src/site/layouts/Page.astro', 'tests/support/browser.ts'],
  ['scripts/recorder/run/session.ts', 'src/site/components/stencil.ts'],
  ['scripts/recorder/run/session.ts', 'src/site/workshop.ts'],
  ['scripts/recorder/run/session.ts', 'dockerode'],
  ['scripts/recorder/run/session.ts', 'tests/support/browser.ts'],
  ['scripts/export/text.ts', 'src/site/workshop.ts'],
  ['scripts/export/text.ts', 'scripts/recorder/record.ts'],
  ['scripts/export/text.ts', 'scripts/lab/index.ts'],
  ['scripts/export/text.ts', 'scripts/site/build.ts'],
  ['scripts/lab/host.ts', 'scripts/recorder/record.ts'],
  ['scripts/ci/drift.ts', 'scripts/recorder/record.ts'],
  ['scripts/tools/author/reference.ts', 'scripts/lab/index.ts'],
  ['scripts/ci/drift.ts', 'scripts/lab/index.ts'],
  ['scripts/ci/drift.ts', 'src/site/workshop.ts'],
  ['scripts/lab/host.ts', 'src/core/lesson/model.ts'],
  ['scripts/tools/lint/project.ts', 'src/site/workshop.ts'],
  ['scripts/tools/bench/save.ts', 'tests/support/browser.ts'],
  ['scripts/ci/proven-vm.test.ts', 'tests/support/browser.ts'],
  ['scripts/command/run.mjs', 'scripts/recorder/record.ts'],
  ['scripts/start.ts', 'src/site/workshop.ts'],
  ['scripts/start.ts', 'scripts/lab/error.test.ts'],
  ['tests/support/browser.ts', 'scripts/lab/error.test.ts'],
  ['astro.config.mjs', 'scripts/site/build.ts'],
])('%s may not import %s', async (file, module) => {
  expect(await isRefused(file, module)).toBe(true);
});

test.each([
  ['src/core/recording/source-hash.ts', 'src/core/lesson/model.ts'],
  ['src/core/lesson/schema.ts', 'astro/zod'],
  ['src/store/recordings.ts', 'src/core/recording/proof.ts'],
  ['scripts/recorder/run/session.ts', 'src/core/lesson/model.ts'],
  ['scripts/recorder/run/session.ts', 'scripts/lab/index.ts'],
  ['scripts/recorder/run/session.ts', 'src/store/recordings.ts'],
  ['scripts/export/text.ts', 'src/core/recording/proof.ts'],
  ['scripts/export/text.ts', 'src/store/recordings.ts'],
  ['scripts/lab/host.ts', 'dockerode'],
  ['scripts/tools/author/reference.ts', 'src/core/lesson/options.ts'],
  ['scripts/ci/drift.ts', 'src/core/recording/proof.ts'],
  ['scripts/ci/proven-vm.test.ts', 'scripts/tools/fixtures/vm-folder.ts'],
  ['scripts/lab/model.ts', 'src/core/recording/proof.ts'],
  ['scripts/tools/lint/project.ts', 'src/store/translations.ts'],
  ['src/site/components/Terminal.astro', 'src/core/screen/view.ts'],
  ['src/core/lesson/parse.test.ts', 'node:fs'],
])('%s may import %s', async (file, module) => {
  expect(await isRefused(file, module)).toBe(false);
});

test.each([
  ['src/core/lesson/parse.ts', "await import('../recording/proof.ts');"],
  ['src/core/lesson/parse.ts', "export * from '../recording/proof.ts';"],
  ['src/core/lesson/parse.ts', "import type {} from '../recording/proof.ts';"],
  ['src/core/lesson/parse.ts', 'document.title;'],
  ['src/core/lesson/parse.ts', 'process.cwd();'],
  ['src/site/client/copy.ts', 'process.cwd();'],
  ['src/site/layouts/Page.astro', "---\nimport '../../../scripts/record.ts';\n---\n"],
  ['src/site/layouts/Page.astro', "<script>\nimport '../../../scripts/record.ts';\n</script>\n"],
])('%s may not contain %j', async (file, text) => {
  expect(await refusedLines(file, text)).toHaveLength(1);
});

describe("README's table", () => {
  /** Cells of its rows; code spans without their marks. */
  const rows = readFileSync('README.md', 'utf8')
    .split('\n## ')
    .find((section) => section.startsWith('How it fits together'))
    ?.split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, folder = '', holds = '', runs = '', imports = '']) => ({
      folder: folder.replaceAll('`', ''),
      holds,
      runs,
      imports: [...imports.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path),
    }))
    .filter(({ runs }) => runs !== '');
  if (rows === undefined) throw new Error('README.md has no table of folders');

  const isIn = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`);
  const files = projectFiles(/(?<!\.test)\.(ts|mjs|js|css)$/);
  /** A file whose row is this one, and not one of a folder in it. */
  const sampleOf = (folder: string) => {
    const sample = files.find(
      (file) =>
        isIn(file, folder) &&
        !rows.some((inner) => inner.folder.length > folder.length && isIn(file, inner.folder)),
    );
    if (sample === undefined) throw new Error(`${folder} holds no file`);
    return sample;
  };

  const rowsOfCode = rows.filter(({ folder }) => !sampleOf(folder).endsWith('.css'));

  test('has a row for each layer, in the same order', () => {
    expect(rows.map(({ folder }) => folder)).toEqual(LAYERS.map(({ folder }) => folder));
    for (const { holds } of rows) expect(holds).not.toBe('');
  });

  test('names no layer that comes after', () => {
    for (const [index, { folder, imports }] of rows.entries())
      for (const path of imports) {
        const at = rows.findIndex((row) => isIn(row.folder, path));
        expect(at, `${folder} imports ${path}`).toBeGreaterThanOrEqual(0);
        expect(at, `${folder} imports ${path}`).toBeLessThan(index);
      }
  });

  test.each(rowsOfCode)('$folder imports what its row says', async ({ folder, runs, imports }) => {
    const from = sampleOf(folder);
    const text = rows.map(({ folder: to }) => `import '${specifierOf(from, sampleOf(to))}';`);
    const refused = rows.flatMap((other, index) => {
      const isNamed = [folder, ...imports].some((path) => isIn(other.folder, path));
      const runsThere = runs === 'Node' || ['anywhere', runs].includes(other.runs);
      return isNamed && runsThere ? [] : [index + 1];
    });
    const lines = await refusedLines(from, text.join('\n'));
    const names = (numbers: number[]) => [...new Set(numbers)].map((n) => rows[n - 1]?.folder);
    expect(names(lines)).toEqual(names(refused));
  });

  test.each(rowsOfCode)('$folder runs where its row says', async ({ folder, runs }) => {
    const text = "import 'node:fs';\nawait import('astro');\ndocument.title;\n";
    const refused = { anywhere: [1, 2, 3], browser: [1, 2], Node: [] }[runs];
    expect(await refusedLines(sampleOf(folder), text)).toEqual(refused);
  });

  test('has a row for each file of code', () => {
    const others = projectFiles().filter((file) => !rows.some(({ folder }) => isIn(file, folder)));
    expect(others).toEqual(['eslint.config.js', 'vitest.config.ts']);
  });
});

describe('import cycles', () => {
  /** Cycles that remain to be removed. */
  const KNOWN = [
    'src/core/run/browser-result.ts',
    'scripts/recorder/run/failure.ts',
    'scripts/recorder/plan.ts',
    'scripts/recorder/record.ts',
  ];

  test('are found, of types as well', () => {
    const texts = new Map([
      ['a.ts', "import type { B } from './b.ts';"],
      ['b.ts', "export { c } from './c.astro';"],
      ['c.astro', "---\nimport './d/d.ts';\n---\n"],
      ['d/d.ts', "await import('../b.ts');"],
      ['e.ts', "import './a.ts';"],
    ]);
    expect(cyclesOf(texts)).toEqual([['b.ts', 'c.astro', 'd/d.ts', 'b.ts']]);
  });

  test('do not exist', () => {
    const texts = new Map(projectFiles().map((file) => [file, readFileSync(file, 'utf8')]));
    const cycles = cyclesOf(texts).filter((cycle) => !KNOWN.some((file) => cycle.includes(file)));
    expect(cycles).toEqual([]);
  });
});

/** Files of the project that contain code, as listed by git. */
function projectFiles(names = /\.(ts|mjs|js|astro)$/): string[] {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard'];
  return execFileSync('git', args, { encoding: 'utf8' })
    .split('\n')
    .filter((file) => names.test(file) && !file.endsWith('.d.ts'));
}

/**
 * Cycles of imports, including those of types, that a depth-first search meets.
 * @param texts the texts of files, by path
 */
function cyclesOf(texts: ReadonlyMap<string, string>): string[][] {
  const cycles: string[][] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]) => {
    if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file]);
    if (path.includes(file) || done.has(file)) return;
    const { importedFiles } = ts.preProcessFile(codeOf(file, texts.get(file) ?? ''));
    for (const { fileName } of importedFiles) {
      const target = join(dirname(file), fileName);
      if (fileName.startsWith('.') && texts.has(target)) visit(target, [...path, file]);
    }
    done.add(file);
  };
  for (const file of texts.keys()) visit(file, []);
  return cycles;
}

/** The code of a file; of an Astro file that of its frontmatter and its scripts. */
function codeOf(file: string, text: string): string {
  if (!file.endsWith('.astro')) return text;
  const code = /^---\n(.*?)\n---\n|<script>(.*?)<\/script>/gs;
  return [...text.matchAll(code)].map(([, front, script]) => front ?? script).join('\n');
}
