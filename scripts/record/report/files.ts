import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { UsageError } from '../lessons.ts';
import type { RecordResult } from '../record.ts';

/** Files that a run leaves behind besides the recordings; absolute paths. */
export interface ReportFiles {
  /** Each changed step before and after, for a browser. */
  readonly html?: string;
  /** A test case a step, for CI. */
  readonly junit?: string;
}

/**
 * Makes sure that the files can be written, before anything is played; a run that ends early leaves none of
 * an earlier run behind.
 * @throws {UsageError} if one cannot be written
 */
export function requireWritable({ html, junit }: ReportFiles): void {
  for (const file of [html, junit]) {
    if (file === undefined) continue;
    try {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, '');
    } catch (error) {
      throw new UsageError(
        `${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
        'name another file',
      );
    }
  }
}

/** Writes the files. What only they need (terminals, a parser) is loaded for them. */
export async function writeReports(
  result: RecordResult,
  check: boolean,
  { html, junit }: ReportFiles,
): Promise<void> {
  const now = new Date();
  if (html !== undefined) {
    const { asHtml } = await import('./html.ts');
    writeFileSync(html, await asHtml(result, check, now));
  }
  if (junit !== undefined) {
    const { asJunit } = await import('./junit.ts');
    writeFileSync(junit, asJunit(result, check, now));
  }
}
