import type { Step } from '../../../core/lesson/model.ts';

/**
 * Whether a step's lines can be pasted at once because all of them go to the same shell. If one
 * command opens a program that reads the next line, pasting might give that line to the reader's
 * shell.
 */
export function inOneShell({ commands }: Pick<Step, 'commands'>): boolean {
  return new Set(commands.map(({ reader }) => reader)).size === 1;
}
