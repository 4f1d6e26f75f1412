import type { Terminal } from '@xterm/headless';
import { DEFAULT_COLS, ROWS } from '../../../src/core/lesson/model.ts';
import { createTerminal } from '../../../src/core/recording/terminal.ts';
import type { SessionTerminal } from '../../../src/core/session/model.ts';
import { resizeCommand } from '../../../src/browser-lab/format/control.ts';
import type { Machine } from '../machine.ts';
import { SERIAL } from '../settings.ts';

/** The reader's shell of a machine, as a session types into it; what the reader would see is drawn beside it. */
export class MachineTerminal implements SessionTerminal {
  /** A machine is thrown away with all that listens to it. */
  readonly gone = new Promise<never>(() => undefined);
  readonly drawn: Terminal = createTerminal(DEFAULT_COLS, ROWS);
  private readonly machine: Machine;
  private readonly encoder = new TextEncoder();
  private receive: ((bytes: Uint8Array) => void) | undefined;

  constructor(machine: Machine) {
    this.machine = machine;
    machine.emulator.on('serial', (line, text) => {
      if (line !== SERIAL.shell) return;
      this.drawn.write(text);
      this.receive?.(this.encoder.encode(text));
    });
  }

  input(text: string): void {
    void this.machine.emulator.send(SERIAL.shell, text);
  }

  onOutput(receive: (bytes: Uint8Array) => void): void {
    this.receive = receive;
  }

  // A serial line is slower than who listens to it.
  pause(): void {
    return;
  }

  resume(): void {
    return;
  }

  async resize(cols: number, rows: number): Promise<void> {
    this.drawn.resize(cols, rows);
    await this.machine.console.ask(resizeCommand(cols, rows));
  }
}
