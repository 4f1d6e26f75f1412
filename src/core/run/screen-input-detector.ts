import type { Terminal } from '@xterm/headless';
import type { InputDetector, WaitingProgram, InputQuery } from '../session/model.ts';

/** The end of a line that looks like a prompt. */
const PROMPT = /[#$>:%?\])]\s?$/;
/** Silence required after a prompt. All times are in milliseconds. */
const QUIET = 1000;
/** The same without a prompt, if a program is expected to wait for the next line. */
const QUIET_PROGRAM = 8000;
/** How long a program may print nothing after a line, not even its echo. */
const UNHEARD = 10_000;
const LOOKS_EVERY = 100;
/** Time for the delivery of a keyboard signal. */
const SIGNAL = 400;

/**
 * Detects by the screen that a program waits for the keyboard: there is no more output, and the
 * cursor is after something that looks like a prompt. A program without a prompt (`cat`, `docker
 * run -i`) is taken to wait when it has printed nothing for longer, and only if the next line of
 * the lesson is for it: the terminal keeps what is typed too early. A program that prints a prompt
 * and goes on working would deceive this detector. The one of the recorder inspects the processes
 * of its lab, which would be too slow in the browser lab.
 */
export class ScreenInputDetector implements InputDetector {
  readonly failed = new Promise<never>(() => undefined);
  private readonly terminal: Pick<Terminal, 'buffer'>;
  private sequence = 0;
  private timer: ReturnType<typeof setInterval> | undefined;
  private heard = performance.now();

  /** @param terminal model of the terminal that shows the output */
  constructor(terminal: Pick<Terminal, 'buffer'>) {
    this.terminal = terminal;
  }

  printed(): void {
    this.heard = performance.now();
  }

  detect(
    { delay = 0, typedTo, expected = false }: InputQuery,
    found: (waiter: WaitingProgram, complete: boolean) => void,
  ): number {
    this.stop();
    const id = ++this.sequence;
    const begun = performance.now();
    const isHeard = () => this.heard > begun || typedTo === undefined;
    this.timer = setInterval(() => {
      const now = performance.now();
      const from = begun + (isHeard() ? delay : UNHEARD);
      const quiet = now - Math.max(begun, this.heard);
      const isSilent = expected && quiet >= QUIET_PROGRAM;
      if (now < from || (!isSilent && (now - this.heard < QUIET || !showsPrompt(this.terminal))))
        return;
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

/** Whether the text before the cursor looks like a prompt. */
function showsPrompt({ buffer: { active } }: Pick<Terminal, 'buffer'>): boolean {
  const row = active.getLine(active.baseY + active.cursorY);
  return PROMPT.test(row?.translateToString(false, 0, active.cursorX) ?? '');
}
