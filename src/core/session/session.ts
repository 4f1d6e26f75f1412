import { DEFAULT_COLS, ROWS, type Command } from '../lesson/model.ts';
import type { InputDetector, SessionTerminal, WaitingProgram } from './model.ts';
import { pressKeys } from './press.ts';
import { Take } from './take.ts';
import { byteLength, Wire } from './wire.ts';

/** How a command stands when the session is ready for the next line. */
export type CommandEnd =
  /** The session's prompt is back; the status is that of the command. */
  | { readonly how: 'prompt'; readonly status: number }
  /** A program waits for input. */
  | { readonly how: 'open'; readonly program: string }
  /** bash waits for a continuation line: the command is not complete. */
  | { readonly how: 'incomplete' }
  /** bash took the command as complete before its last line. */
  | { readonly how: 'early'; readonly line: number }
  /** It ended before the keys of `until` were pressed, whether it printed the text or not. */
  | { readonly how: 'keyless'; readonly printed: boolean }
  /** It printed more than a step can have; the rest is not kept. */
  | { readonly how: 'flooded' }
  /** The time is over. */
  | { readonly how: 'timeout' }
  /** The session's bash is gone. */
  | { readonly how: 'gone' };

/** A program that waits for the keyboard. */
export interface OpenProgram {
  readonly program: string;
  /** It is the session's own bash, without a prompt that carries marks. */
  readonly isSession: boolean;
}

/** A program that was left open and has ended since. */
export interface EndedProgram {
  readonly program: string;
  readonly status: number;
}

export interface CommandLimits {
  /** Milliseconds. */
  readonly timeout: number;
  readonly until?: { readonly text: string; readonly keys: string };
  /** The next line of the lesson is for the session: a program that waits for the keyboard is given time to end by itself. */
  readonly closes?: boolean;
}

/** Time for the session's bash to give its prompt or to draw it anew, in milliseconds, as all times here. */
export const PROMPT_LIMIT = 20_000;
/** If no mark came so long after a line was typed, look who took it. */
const UNANSWERED = 2000;
/** Time in which a program that is about to ask for keys is found waiting. */
const BEFORE_KEYS = 200;
/** Time in which a program stops waiting by itself, as bash's `read -t` does, where the lesson does not answer it. */
const GIVES_UP = 5000;
/** Time for the effect of a key that is a signal, which no program reads. */
const AFTER_KEYS = 150;

/** The interactive bash on a terminal that runs a lesson. */
export class Session {
  private readonly wire: Wire;
  private cols = DEFAULT_COLS;
  /** The program that was found waiting for input when the last command was over. */
  private open: WaitingProgram | undefined;

  /** @param wire of a bash whose prompt is there */
  constructor(wire: Wire) {
    this.wire = wire;
  }

  /**
   * Waits for the first prompt of a bash.
   * @param nonce of its marks
   * @param keys that make a bash that runs already give another prompt
   * @returns undefined if there is none in time
   */
  static async start(
    terminal: SessionTerminal,
    detector: InputDetector,
    nonce: string,
    keys?: string,
  ): Promise<Session | undefined> {
    const wire = new Wire(terminal, detector, nonce);
    if (keys !== undefined) wire.press(keys);
    const deadline = performance.now() + PROMPT_LIMIT;
    if (await wire.wait(() => wire.shell.status !== undefined, deadline)) return new Session(wire);
    wire.end();
    return undefined;
  }

  /** The recording of the step that is played. */
  get take(): Take {
    return this.wire.take;
  }

  /** The program that an earlier command left open, if it waits for input. */
  get openProgram(): OpenProgram | undefined {
    const { waiter } = this;
    return waiter && { program: waiter.program, isSession: this.wire.isBash(waiter) };
  }

  /**
   * The program that an earlier command left open, if it has ended since without a line typed to it: nobody has held its
   * status against the lesson. Told once.
   */
  takeEnded(): EndedProgram | undefined {
    const { open } = this;
    const { status } = this.wire.shell;
    if (open === undefined || status === undefined) return undefined;
    this.open = undefined;
    return { program: open.program, status };
  }

  /** Begins the next step: an empty screen, but for the prompt of an open program. */
  async beginStep(cols: number): Promise<void> {
    this.take.close();
    const isOpen = this.waiter !== undefined;
    const carried = await this.take.carry(isOpen);
    const drawn = !isOpen ? 'prompt' : this.take.alternate ? 'screen' : 'program';
    this.take.dispose();
    this.wire.take = new Take(cols, ROWS, carried);
    if (cols !== this.cols) await this.wire.resize(cols, performance.now() + PROMPT_LIMIT, drawn);
    this.cols = cols;
  }

  /** Types a command, line by line, and waits until the session is ready for the next one. */
  async type(command: Command, limits: CommandLimits): Promise<CommandEnd> {
    const end = await this.typeLines(command, limits);
    if (this.take.isFlooded) return { how: 'flooded' };
    return end.how === 'open' && limits.closes ? this.givenUp(end) : end;
  }

  end(): void {
    this.wire.end();
  }

  /** Waits for the end of a program that nobody will answer. */
  private async givenUp(open: CommandEnd): Promise<CommandEnd> {
    const { wire } = this;
    if (!(await wire.wait(() => wire.shell.status !== undefined, performance.now() + GIVES_UP)))
      return wire.gone ? { how: 'gone' } : open;
    const ended = this.takeEnded();
    return ended === undefined ? open : { how: 'prompt', status: ended.status };
  }

  private async typeLines(command: Command, limits: CommandLimits): Promise<CommandEnd> {
    const deadline = performance.now() + limits.timeout;
    this.wire.showPrompt();
    this.take.beginCommand(command.lines.join('\n'));
    let end: CommandEnd = { how: 'gone' };
    for (const [index, line] of command.lines.entries()) {
      const isLast = index === command.lines.length - 1;
      const until = isLast ? limits.until : undefined;
      end =
        command.reader === 'session'
          ? await this.typeToBash(line, deadline, until)
          : await this.typeToProgram(line, deadline, until);
      if (isLast) break;
      const goesOn =
        end.how === 'incomplete' || (command.reader === 'program' && end.how === 'open');
      if (!goesOn)
        return end.how === 'prompt' || end.how === 'open' ? { how: 'early', line: index } : end;
    }
    this.wire.stopDetecting();
    return end;
  }

  private async typeToBash(
    line: string,
    deadline: number,
    until: CommandLimits['until'],
  ): Promise<CommandEnd> {
    const { wire } = this;
    this.open = undefined;
    wire.typeLine(line);
    wire.detect({ delay: UNANSWERED });
    if (!(await wire.wait(() => wire.answered, deadline))) return this.ranOut();
    if (wire.shell.continues && !wire.shell.accepted) return { how: 'incomplete' };
    // An empty line or a comment runs nothing: `$?` is still that of the command before.
    // As the last line of a command it lets that run, which has a status of its own.
    const { accepted, status } = wire.shell;
    if (/^\s*(#.*)?$/.test(line) && !accepted && status !== undefined)
      return { how: 'prompt', status: 0 };
    if (until !== undefined) return this.answer(until, deadline);
    if (wire.shell.status === undefined) wire.detect({});
    return this.ending(deadline);
  }

  private async typeToProgram(
    line: string,
    deadline: number,
    until: CommandLimits['until'],
  ): Promise<CommandEnd> {
    const { wire, open } = this;
    this.open = undefined;
    wire.typeLine(line);
    if (until !== undefined) return this.answer(until, deadline);
    wire.detect(typedTo(open, byteLength(line) + 1));
    return this.settled(await this.ending(deadline));
  }

  /** Waits for the text, then presses the keys: for a command that does not end by itself, or asks something. */
  private async answer(
    until: { text: string; keys: string },
    deadline: number,
  ): Promise<CommandEnd> {
    const { wire } = this;
    wire.stopDetecting();
    const printed = () => this.take.shows(until.text);
    if (!(await wire.wait(() => printed() || wire.shell.status !== undefined, deadline)))
      return this.ranOut();
    if (wire.shell.status !== undefined) return { how: 'keyless', printed: printed() };
    wire.endEcho();

    wire.detect({});
    await wire.wait(() => this.isReady(), performance.now() + BEFORE_KEYS);
    const reader = wire.opened;
    const read = await pressKeys(wire, until.keys);
    wire.detect({ delay: AFTER_KEYS, ...(read > 0 && typedTo(reader, read)) });
    return this.settled(await this.ending(deadline));
  }

  /** A key that came too late for its program makes one more prompt: lets it pass before the next line is typed. */
  private async settled(end: CommandEnd): Promise<CommandEnd> {
    if (end.how === 'prompt') await this.wire.settle(performance.now() + PROMPT_LIMIT);
    return end;
  }

  /** Waits until the prompt is back or a program waits for input. */
  private async ending(deadline: number): Promise<CommandEnd> {
    const { wire } = this;
    for (;;) {
      if (!(await wire.wait(() => this.isReady(), deadline))) return this.ranOut();
      if (wire.shell.status !== undefined) {
        this.take.replies = '';
        return { how: 'prompt', status: wire.shell.status };
      }
      const waiter = wire.opened;
      if (waiter === undefined) continue;
      wire.endEcho();
      // A program that asked the terminal something waits for the answer first.
      await this.take.drawn();
      const { replies } = this.take;
      if (replies === '') {
        this.open = waiter;
        return { how: 'open', program: waiter.program };
      }
      this.take.replies = '';
      wire.press(replies);
      wire.detect(typedTo(waiter, byteLength(replies)));
    }
  }

  /** The program that was left open, unless the session's prompt has come back since. */
  private get waiter(): WaitingProgram | undefined {
    return this.wire.shell.status === undefined ? this.open : undefined;
  }

  private isReady(): boolean {
    return this.wire.shell.status !== undefined || this.wire.opened !== undefined;
  }

  private ranOut(): CommandEnd {
    this.wire.stopDetecting();
    return this.wire.gone ? { how: 'gone' } : { how: 'timeout' };
  }
}

/** What a program that was typed to must have read before it can wait for the next line. */
function typedTo(
  waiter: WaitingProgram | undefined,
  bytes: number,
): { typedTo?: { pid: number; need: number } } {
  return waiter === undefined ? {} : { typedTo: { pid: waiter.pid, need: waiter.read + bytes } };
}
