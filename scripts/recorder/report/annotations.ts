import type { RecordResult } from '../result.ts';
import { testCases, type TestCase } from './test-cases.ts';

/**
 * What GitHub shows beside the lines of a pull request, as workflow commands
 * (docs.github.com/actions/reference/workflow-commands-for-github-actions): an error for everything
 * that has to be fixed, a warning for a drift that was written.
 */
export function annotations(result: RecordResult): string[] {
  const texts = testCases(result).flatMap((one) => {
    const level = levelOf(one);
    return level === undefined ? [] : [command(level, one)];
  });
  // A lab that failed is told once.
  return [...new Set(texts)];
}

function levelOf({ kind, type }: TestCase): 'error' | 'warning' | undefined {
  if (kind === 'failed' || kind === 'error') return 'error';
  return kind === 'noted' && type === 'drift' ? 'warning' : undefined;
}

function command(level: string, { file, line, title, text }: TestCase): string {
  const properties = { file, line, title };
  const written = Object.entries(properties).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${escapeProperty(String(value))}`],
  );
  // The first line says what the title and the place say already.
  const [, ...rest] = text.split('\n');
  return `::${level} ${written.join(',')}::${escapeData(rest.join('\n') || title)}`;
}

// github.com/actions/toolkit, packages/core/src/command.ts
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
