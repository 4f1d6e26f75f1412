import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Numbers of passed and failed checks and tests. */
export interface Counts {
  passed: number;
  failed: number;
}

/**
 * Runs a program of node_modules with this Node.
 * @param out whether its output goes to the terminal, or is returned
 */
export async function runScript(
  [script = '', ...args]: readonly string[],
  out: 'inherit' | 'pipe' = 'inherit',
): Promise<{ status: number; output: string }> {
  const child = spawn(process.execPath, [join('node_modules', script), ...args], {
    stdio: ['ignore', out, out],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text: Buffer) => (output += text.toString()));
  const [status] = (await once(child, 'close')) as [number | null];
  return { status: status ?? 1, output };
}

/**
 * Runs vitest and adds its results to the counts.
 * @param args for vitest: projects, files, `-t NAME`
 */
export async function runTests(counts: Counts, args: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'you-like-docker-test-'));
  try {
    const file = join(folder, 'result.json');
    const command = ['vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json'];
    const { status } = await runScript([...command, `--outputFile=${file}`, ...args]);
    const result = JSON.parse(readFileSync(file, 'utf8')) as {
      numPassedTests: number;
      numTotalTests: number;
    };
    counts.passed += result.numPassedTests;
    // Skipped tests and files that could not be loaded count as failed.
    const failed = result.numTotalTests - result.numPassedTests;
    counts.failed += failed === 0 && status !== 0 ? 1 : failed;
  } catch (error) {
    counts.failed++;
    process.stdout.write(
      `FAILED: vitest: ${error instanceof Error ? error.message : String(error)}\n`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
