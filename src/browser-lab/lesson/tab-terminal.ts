import type { SessionTerminal } from '../../core/session/model.ts';
import { resizeCommand } from '../format/control.ts';
import type { BrowserLab } from '../machine/lab.ts';
import type { Screen } from '../terminal/screen.ts';

/** Lets a session type into the reader's terminal, where the reader sees everything. */
export class TabTerminal implements SessionTerminal {
  /** Resolves when the session has ended. */
  readonly gone: Promise<void>;
  private readonly lab: BrowserLab;
  private readonly screen: Screen;
  private stop: (() => void) | undefined;
  private leave: () => void = () => undefined;

  constructor(lab: BrowserLab, screen: Screen) {
    this.lab = lab;
    this.screen = screen;
    this.gone = new Promise((resolve) => (this.leave = resolve));
  }

  input(text: string): void {
    this.lab.input(text);
  }

  onOutput(receive: (bytes: Uint8Array) => void): void {
    this.stop = this.lab.onOutput(receive);
  }

  async resize(cols: number): Promise<void> {
    this.screen.fixCols(cols);
    await this.lab.control(resizeCommand(cols, this.screen.terminal.rows));
  }

  end(): void {
    this.stop?.();
    this.leave();
    this.screen.fixCols(undefined);
  }
}
