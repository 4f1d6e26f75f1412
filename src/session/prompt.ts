import type { Terminal } from '@xterm/headless';

/** What a prompt ends with. */
const PROMPT = /[#$>:%?\])]\s?$/;

/** What of a terminal model is looked at. */
export type Shown = Pick<Terminal, 'buffer'>;

/** Whether what stands before the cursor looks like a prompt: for places in which nobody can ask whether a program waits. */
export function showsPrompt({ buffer: { active } }: Shown): boolean {
  const row = active.getLine(active.baseY + active.cursorY);
  return PROMPT.test(row?.translateToString(false, 0, active.cursorX) ?? '');
}
