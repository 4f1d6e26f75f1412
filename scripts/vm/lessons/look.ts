import type { Look, Waiter, Watch } from '../../../src/session/model.ts';
import { showsPrompt } from '../../../src/session/prompt.ts';
import type { MachineTerminal } from './terminal.ts';

/** So long nothing was printed before a prompt is taken for one, in milliseconds, as all times here. */
const QUIET = 1000;
const LOOKS_EVERY = 100;
/** For a key that is a signal to be taken. */
const SIGNAL = 400;

/** Tells when a program waits for the keyboard by what is on the screen, as the page does in the reader's tab. */
export class ScreenLook implements Look {
  readonly died = new Promise<never>(() => undefined);
  private readonly terminal: MachineTerminal;
  private readonly nonce: string;
  private sequence = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(terminal: MachineTerminal, nonce: string) {
    this.terminal = terminal;
    this.nonce = nonce;
  }

  watch({ delay = 0 }: Watch, found: (waiter: Waiter) => void): number {
    this.stop();
    const id = ++this.sequence;
    const from = performance.now() + delay;
    this.timer = setInterval(() => {
      const now = performance.now();
      if (now < from || now - this.terminal.heard < QUIET || !showsPrompt(this.terminal.drawn))
        return;
      this.stop();
      found({ pid: 1, read: 0, program: 'a program' });
      this.terminal.inject(`\x1b]133;F;${this.nonce};${id}\x07`);
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
