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
  ['src/core/lesson/parse.ts', 'node:fs'],
  ['src/core/lesson/parse.ts', 'astro:content'],
  ['src/core/lesson/parse.ts', '../recording/proof.ts'],
  ['src/core/lesson/parse.ts', '../../scripts/progress.ts'],
  ['src/core/recording/cast.ts', 'node:crypto'],
  ['src/core/recording/cast.ts', 'dockerode'],
  ['src/core/recording/cast.ts', '../../scripts/progress.ts'],
  ['src/store/recordings.ts', '../scripts/record/play.ts'],
  ['src/site/client/copy.ts', '../../scripts/record/play.ts'],
  ['src/site/markdown/lesson-plugin.ts', 'dockerode'],
  ['scripts/recorder/run/lesson-run.ts', '../../src/components/docker-commands.ts'],
  ['scripts/recorder/run/lesson-run.ts', '../../src/recordings.ts'],
  ['scripts/recorder/run/lesson-run.ts', 'dockerode'],
  ['scripts/export/text.ts', '../../src/recordings.ts'],
  ['scripts/export/text.ts', '../record/play.ts'],
  ['scripts/export/text.ts', '../lab/index.ts'],
  ['scripts/export/text.ts', '../site/build.ts'],
  ['scripts/lab/host.ts', '../record/play.ts'],
  ['scripts/ci/drift.ts', '../record/record.ts'],
  ['scripts/tools/author/reference.ts', '../../src/recording/proof.ts'],
  ['scripts/ci/drift.ts', '../lab/index.ts'],
  ['scripts/ci/drift.ts', '../../src/recordings.ts'],
  ['scripts/lab/host.ts', '../../src/lesson/model.ts'],
  ['scripts/tools/lint/project.ts', '../../src/recordings.ts'],
])('%s may not import %s', async (file, specifier) => {
  expect(await refused(file, specifier)).toHaveLength(1);
});

test.each([
  ['src/core/recording/source-hash.ts', '../lesson/model.ts'],
  ['src/store/recordings.ts', './recording/proof.ts'],
  ['scripts/recorder/run/lesson-run.ts', '../../src/lesson/model.ts'],
  ['scripts/recorder/run/lesson-run.ts', '../lab/index.ts'],
  ['scripts/export/text.ts', '../../src/recording/proof.ts'],
  ['scripts/lab/host.ts', 'dockerode'],
  ['scripts/tools/author/reference.ts', '../../src/lesson/options.ts'],
  ['scripts/ci/engines.ts', '../../src/recording/proof.ts'],
  ['scripts/lab/model.ts', '../../src/recording/proof.ts'],
  ['scripts/tools/lint/project.ts', '../../src/translations.ts'],
])('%s may import %s', async (file, specifier) => {
  expect(await refused(file, specifier)).toEqual([]);
});
