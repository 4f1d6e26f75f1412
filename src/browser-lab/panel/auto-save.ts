/**
 * Milliseconds without input and output before the machine is saved: at a prompt, and while a
 * program runs in the terminal.
 */
const QUIET = { prompt: 1500, program: 10_000 };

/** How a machine is saved, and what it is doing. */
export interface Savable {
  readonly save: () => void;
  readonly atPrompt: () => boolean;
  /** Whether a saved machine could continue from here. */
  readonly canSave: () => boolean;
}

/** Decides when the machine is saved: soon after the reader has done something. */
export class AutoSave {
  private readonly machine: Savable;
  private isChanged = false;
  private isSaving = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(machine: Savable) {
    this.machine = machine;
  }

  /** Something was typed or printed. */
  changed(): void {
    this.isChanged = true;
    this.wait();
  }

  /** The page may be about to end: saves now what has changed. */
  hurry(): void {
    if (this.isChanged) this.saveOrWait();
  }

  /** A save has ended. */
  ended(): void {
    this.isSaving = false;
    if (this.isChanged) this.wait();
  }

  /** The machine has stopped, or is another one. */
  reset(): void {
    clearTimeout(this.timer);
    this.isChanged = this.isSaving = false;
  }

  private wait(): void {
    clearTimeout(this.timer);
    const delay = this.machine.atPrompt() ? QUIET.prompt : QUIET.program;
    this.timer = setTimeout(() => this.saveOrWait(), delay);
  }

  private saveOrWait(): void {
    if (this.isSaving) return;
    if (!this.machine.canSave()) {
      this.wait();
      return;
    }
    clearTimeout(this.timer);
    this.isChanged = false;
    this.isSaving = true;
    this.machine.save();
  }
}
