import type { RecordResult } from '../result.ts';
import { testCases, type TestCase } from './test-cases.ts';

/**
 * Annotations of lines for GitHub, as workflow commands: an error for everything that has to be
 * fixed, a warning for drift that was written.
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function annotations(result: RecordResult): string[] {
  const texts = testCases(result).flatMap((one) => {
    const level = levelOf(one);
    return level === undefined ? [] : [command(level, one)];
  });
  // A failed lab is reported once.
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
  // The first line repeats the title and the place.
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
