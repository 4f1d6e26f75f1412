import type { Terminal } from '@xterm/headless';
import { DEFAULT_COLS, ROWS, type SourceFile } from '../../../src/core/lesson/model.ts';
import { createTerminal } from '../../../src/core/recording/terminal.ts';
import { ScreenInputDetector } from '../../../src/core/run/screen-input-detector.ts';
import type { SessionTerminal } from '../../../src/core/session/model.ts';
import { fileCommands, resizeCommand } from '../../../src/browser-lab/format/control.ts';
import { Session } from '../../../src/core/session/session.ts';
import type { Machine } from '../machine.ts';
import { BuildError } from '../run.ts';
import { SERIAL } from '../settings.ts';

/** A quarter of the factor on the page, because a reader's machine may be slower than this one. */
export const SLOWDOWN = 1.5;

/** Connects a session to the reader's shell of a machine, and renders what a reader would see. */
export class MachineTerminal implements SessionTerminal {
  /** Never resolves; a machine is discarded together with its session. */
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

  async resize(cols: number, rows: number): Promise<void> {
    this.drawn.resize(cols, rows);
    await this.machine.console.ask(resizeCommand(cols, rows));
  }
}

/**
 * Starts a session in the reader's shell of a machine.
 * @throws {BuildError} if the shell gives no prompt in time
 */
export async function startMachineSession(
  { manifest }: Machine,
  terminal: MachineTerminal,
): Promise<Session> {
  await terminal.resize(DEFAULT_COLS, ROWS);
  const detector = new ScreenInputDetector(terminal.drawn);
  const session = await Session.start(terminal, detector, manifest.shell.nonce, '\r');
  if (session !== undefined) return session;
  throw new BuildError('the reader’s shell of the browser lab gave no prompt');
}

/** Writes a file of a lesson into the session's folder. */
export async function writeSourceFile(
  { console, manifest }: Machine,
  { path, text }: SourceFile,
): Promise<void> {
  for (const command of fileCommands(`${manifest.shell.folder}/${path}`, text))
    await console.ask(command);
}
