import type { Terminal } from '@xterm/headless';
import type { InputDetector, WaitingProgram, InputQuery } from '../session/model.ts';

/** What a prompt ends with. */
const PROMPT = /[#$>:%?\])]\s?$/;
/** So long nothing was printed before a prompt is taken for one, in milliseconds, as all times here. */
const QUIET = 1000;
/** So long a program that was typed to may print nothing at all, not even what was typed: the prompt that is there is the old one. */
const UNHEARD = 10_000;
const LOOKS_EVERY = 100;
/** For a key that is a signal to be taken. */
const SIGNAL = 400;

/**
 * Tells when a program waits for the keyboard by what is on the screen: nothing more comes, and the cursor stands behind what looks
 * like a prompt. The recorder looks at the processes of its lab instead, which nothing in the browser lab can do as fast; a program
 * that prints a prompt and goes on working would deceive this one.
 */
export class ScreenInputDetector implements InputDetector {
  readonly failed = new Promise<never>(() => undefined);
  private readonly terminal: Pick<Terminal, 'buffer'>;
  private sequence = 0;
  private timer: ReturnType<typeof setInterval> | undefined;
  private heard = performance.now();

  /** @param terminal the model that shows what is printed */
  constructor(terminal: Pick<Terminal, 'buffer'>) {
    this.terminal = terminal;
  }

  printed(): void {
    this.heard = performance.now();
  }

  detect(
    { delay = 0, typedTo }: InputQuery,
    found: (waiter: WaitingProgram, complete: boolean) => void,
  ): number {
    this.stop();
    const id = ++this.sequence;
    const begun = performance.now();
    const isHeard = () => this.heard > begun || typedTo === undefined;
    this.timer = setInterval(() => {
      const now = performance.now();
      const from = begun + (isHeard() ? delay : UNHEARD);
      if (now < from || now - this.heard < QUIET || !showsPrompt(this.terminal)) return;
      this.stop();
      found({ pid: 1, read: 0, program: 'a program' }, true);
    }, LOOKS_EVERY);
    return id;
  }

  awaitSignals(found: () => void): void {
    setTimeout(found, SIGNAL);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  end(): void {
    this.stop();
  }
}

/** Whether what stands before the cursor looks like a prompt. */
function showsPrompt({ buffer: { active } }: Pick<Terminal, 'buffer'>): boolean {
  const row = active.getLine(active.baseY + active.cursorY);
  return PROMPT.test(row?.translateToString(false, 0, active.cursorX) ?? '');
}
