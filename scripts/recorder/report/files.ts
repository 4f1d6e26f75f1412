import { lstatSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { UsageError } from '../../../src/store/selection.ts';
import { refusalIn, WriteError } from '../../../src/store/write-error.ts';
import type { RecordResult } from '../result.ts';

/** Report files to write; absolute paths. */
export interface ReportFiles {
  /** Each changed step before and after, for a browser. */
  readonly html?: string;
  /** A test case for each step, for CI. */
  readonly junit?: string;
}

/**
 * Creates the files empty before anything is run, so that none of an earlier run stays if this run
 * ends early.
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

/**
 * Writes the files, even if one of them cannot be written. Loads what only they need.
 * @returns which could not be written, and why
 */
export async function writeReports(
  result: RecordResult,
  { html, junit }: ReportFiles,
): Promise<WriteError[]> {
  const now = new Date();
  const written = result.written && hasChanged(result);
  const refused: WriteError[] = [];
  if (html !== undefined) {
    const { asHtml } = await import('./html.ts');
    refused.push(...write(html, await asHtml(result, now), written));
  }
  if (junit !== undefined) {
    const { asJunit } = await import('./junit.ts');
    refused.push(...write(junit, asJunit(result, now), written));
  }
  return refused;
}

function hasChanged({ lessons, orphans }: RecordResult): boolean {
  return orphans.length > 0 || lessons.some(({ kind }) => kind === 'changed');
}

function write(file: string, text: string, written: boolean): WriteError[] {
  try {
    writeFileSync(file, text);
    return [];
  } catch (error) {
    // Half a report is worse than none, but do not remove a device or a pipe.
    if (lstatSync(file, { throwIfNoEntry: false })?.isFile()) rmSync(file, { force: true });
    const refusal = refusalIn(error);
    if (refusal === undefined) throw error;
    // If the recordings were replaced, another run would not report the changes again.
    const next = written
      ? 'the recordings were written all the same, and git diff shows what changed'
      : 'then run it again; the recordings are as they were';
    return [
      new WriteError(
        `the report ${file} cannot be written: ${refusal.why}`,
        `${refusal.kind === 'full' ? 'free some space there' : 'name another file'}; ${next}`,
        error,
      ),
    ];
  }
}
