import { DEFAULT_COLS, type Command } from '../../../src/core/lesson/model.ts';
import type { Session } from '../../../src/core/session/session.ts';
import { QUICK } from './commands.ts';

/** Types the quick commands into a session as a step of a lesson, and renders its screen. */
export async function typeQuick(session: Session): Promise<void> {
  await session.beginStep(DEFAULT_COLS);
  for (const text of QUICK) {
    const command: Command = { line: 1, reader: 'session', lines: [text] };
    const end = await session.type(command, { timeout: 10_000 });
    if (end.how !== 'prompt') throw new Error(`${text} did not end at a prompt: ${end.how}`);
  }
  await session.take.screen();
}
