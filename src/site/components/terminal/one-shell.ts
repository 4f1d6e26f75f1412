import type { Step } from '../../../core/lesson/model.ts';

/**
 * Whether a step's lines may be pasted at once: all of them go to the same shell. Where one command opens a program that
 * reads the next line, a reader's own shell would get that line as well, or instead.
 */
export function inOneShell({ commands }: Pick<Step, 'commands'>): boolean {
  return new Set(commands.map(({ reader }) => reader)).size === 1;
}
