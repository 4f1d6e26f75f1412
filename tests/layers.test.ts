import { ESLint } from 'eslint';
import { beforeAll, expect, test } from 'vitest';

let eslint: ESLint;
beforeAll(() => {
  eslint = new ESLint();
});

/** Messages about imports, for a file of the project with another text. */
async function refused(file: string, specifier: string): Promise<string[]> {
  const [result] = await eslint.lintText(`import '${specifier}';\n`, { filePath: file });
  return (result?.messages ?? [])
    .filter(({ ruleId }) => ruleId === 'no-restricted-imports')
    .map(({ message }) => message);
}

test.each([
  ['src/lesson/parse.ts', 'node:fs'],
  ['src/lesson/parse.ts', 'astro:content'],
  ['src/lesson/parse.ts', '../recording/proof.ts'],
  ['src/lesson/parse.ts', '../../scripts/progress.ts'],
  ['src/recording/cast.ts', 'node:crypto'],
  ['src/recording/cast.ts', 'dockerode'],
  ['src/recording/cast.ts', '../../scripts/progress.ts'],
  ['src/recordings.ts', '../scripts/record/play.ts'],
  ['src/client/copy.ts', '../../scripts/record/play.ts'],
  ['src/markdown/lesson-plugin.ts', 'dockerode'],
  ['scripts/record/play.ts', '../../src/components/docker-commands.ts'],
  ['scripts/record/play.ts', '../../src/recordings.ts'],
  ['scripts/record/play.ts', 'dockerode'],
  ['scripts/export/text.ts', '../../src/recordings.ts'],
  ['scripts/export/text.ts', '../record/play.ts'],
  ['scripts/export/text.ts', '../lab/index.ts'],
  ['scripts/export/text.ts', '../site/build.ts'],
  ['scripts/lab/host.ts', '../record/play.ts'],
  ['scripts/ci/drift.ts', '../record/record.ts'],
  ['scripts/author/reference.ts', '../../src/recording/proof.ts'],
  ['scripts/ci/drift.ts', '../lab/index.ts'],
  ['scripts/ci/drift.ts', '../../src/recordings.ts'],
  ['scripts/lab/host.ts', '../../src/lesson/model.ts'],
  ['scripts/lint/project.ts', '../../src/recordings.ts'],
])('%s may not import %s', async (file, specifier) => {
  expect(await refused(file, specifier)).toHaveLength(1);
});

test.each([
  ['src/recording/source-hash.ts', '../lesson/model.ts'],
  ['src/recordings.ts', './recording/proof.ts'],
  ['scripts/record/play.ts', '../../src/lesson/model.ts'],
  ['scripts/record/play.ts', '../lab/index.ts'],
  ['scripts/export/text.ts', '../../src/recording/proof.ts'],
  ['scripts/lab/host.ts', 'dockerode'],
  ['scripts/author/reference.ts', '../../src/lesson/options.ts'],
  ['scripts/ci/engines.ts', '../../src/recording/proof.ts'],
  ['scripts/lab/model.ts', '../../src/recording/proof.ts'],
  ['scripts/lint/project.ts', '../../src/translations.ts'],
])('%s may import %s', async (file, specifier) => {
  expect(await refused(file, specifier)).toEqual([]);
});
