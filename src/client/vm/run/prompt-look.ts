import type { Look, Waiter, Watch } from '../../../session/model.ts';
import { showsPrompt } from '../../../session/prompt.ts';
import type { Screen } from '../terminal/screen.ts';
import type { TabTerminal } from './tab-terminal.ts';

/** So long nothing was printed before a prompt is taken for one, in milliseconds, as all times here. */
const QUIET = 700;
const LOOKS_EVERY = 100;
/** For a key that is a signal to be taken. */
const SIGNAL = 400;

/**
 * Tells when a program waits for the keyboard by what is on the screen: nothing more comes, and the cursor stands behind what looks like a
 * prompt. The recorder looks at the machine's processes instead, which nothing in the browser lab can do as fast; a program
 * that prints a prompt and goes on working would deceive this one.
 */
export class PromptLook implements Look {
  readonly died = new Promise<never>(() => undefined);
  private readonly screen: Screen;
  private readonly terminal: TabTerminal;
  private readonly nonce: string;
  private readonly encoder = new TextEncoder();
  private sequence = 0;
  private timer: ReturnType<typeof setInterval> | undefined;
  private heard = performance.now();

  constructor(screen: Screen, terminal: TabTerminal, nonce: string) {
    this.screen = screen;
    this.terminal = terminal;
    this.nonce = nonce;
  }

  /** Something was printed. */
  hear(): void {
    this.heard = performance.now();
  }

  watch({ delay = 0 }: Watch, found: (waiter: Waiter) => void): number {
    this.stop();
    const id = ++this.sequence;
    this.heard = Math.max(this.heard, performance.now() + delay - QUIET);
    this.timer = setInterval(() => {
      if (performance.now() - this.heard < QUIET || !showsPrompt(this.screen.terminal)) return;
      this.stop();
      found({ pid: 1, read: 0, program: 'a program' });
      this.terminal.inject(this.encoder.encode(`\x1b]133;F;${this.nonce};${id}\x07`));
    }, LOOKS_EVERY);
    return id;
  }

  watchSignals(found: () => void): void {
    setTimeout(found, SIGNAL);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  end(): void {
    this.stop();
  }
}
