import { DEFAULT_COLS, ROWS, type Command } from '../lesson/model.ts';
import type { InputDetector, SessionTerminal, WaitingProgram } from './model.ts';
import { pressKeys } from './press.ts';
import { Take } from './take.ts';
import { byteLength, Wire } from './wire.ts';

/** How a command ended, or why it did not. */
export type CommandEnd =
  /** The session's prompt is back, with the status of the command. */
  | { readonly how: 'prompt'; readonly status: number }
  /** A program waits for input. */
  | { readonly how: 'open'; readonly program: string }
  /** The command is incomplete: bash waits for a continuation line. */
  | { readonly how: 'incomplete' }
  /** The command was complete before its last line. */
  | { readonly how: 'early'; readonly line: number }
  /** It ended before the keys of `until` were pressed, with or without printing the text. */
  | { readonly how: 'keyless'; readonly printed: boolean }
  /** It printed more than a step may; the rest was discarded. */
  | { readonly how: 'flooded' }
  /** It did not end in time. */
  | { readonly how: 'timeout' }
  /** The session's bash has ended. */
  | { readonly how: 'gone' };

/** A program that waits for the keyboard. */
export interface OpenProgram {
  readonly program: string;
  /** Whether it is the session's bash, waiting without a marked prompt. */
  readonly isSession: boolean;
}

/** A program that was left open and has ended in the meantime. */
export interface EndedProgram {
  readonly program: string;
  readonly status: number;
}

export interface CommandLimits {
  /** Milliseconds. */
  readonly timeout: number;
  readonly until?: { readonly text: string; readonly keys: string };
  /**
   * Whether the next line of the lesson is for the session. If so, a program that waits for the
   * keyboard gets time to end by itself.
   */
  readonly closes?: boolean;
}

interface LineLimits {
  readonly until: CommandLimits['until'];
  /** Whether the next line is for a program. */
  readonly expected: boolean;
}

/**
 * Time limit for the session's bash to print or redraw its prompt. All times are in milliseconds.
 */
export const PROMPT_LIMIT = 20_000;
/** If no mark arrives this long after a line was typed, look for a program that reads it. */
const UNANSWERED = 2000;
/** Time limit for finding the program that is about to read keys. */
const BEFORE_KEYS = 200;
/** Time for a program that the lesson does not answer to stop waiting, as bash's `read -t` does. */
const GIVES_UP = 5000;
/** Time for a signal key, which no program reads, to take effect. */
const AFTER_KEYS = 150;

/** The interactive bash on a terminal that runs a lesson. */
export class Session {
  private readonly wire: Wire;
  private cols = DEFAULT_COLS;
  /** The program that was waiting for input after the last command. */
  private open: WaitingProgram | undefined;

  /** @param wire connection to a bash that is at its prompt */
  constructor(wire: Wire) {
    this.wire = wire;
  }

  /**
   * Waits for the first prompt of a bash.
   * @param nonce of its marks
   * @param keys make a running bash print another prompt
   * @returns undefined if there is no prompt in time
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

  /** The recording of the current step. */
  get take(): Take {
    return this.wire.parser.take;
  }

  /** The program that an earlier command left open, if it waits for input. */
  get openProgram(): OpenProgram | undefined {
    const { waiter } = this;
    return waiter && { program: waiter.program, isSession: this.wire.isBash(waiter) };
  }

  /**
   * Returns, only once, the program that an earlier command left open, if it has ended since then
   * without a line typed to it. Its status has not been compared with the lesson yet.
   */
  takeEnded(): EndedProgram | undefined {
    const { open } = this;
    const { status } = this.wire.shell;
    if (open === undefined || status === undefined) return undefined;
    this.open = undefined;
    return { program: open.program, status };
  }

  /** Begins the next step with an empty screen, or with the prompt of an open program. */
  async beginStep(cols: number): Promise<void> {
    this.take.close();
    const isOpen = this.waiter !== undefined;
    const carried = await this.take.carry(isOpen);
    const drawn = !isOpen ? 'prompt' : this.take.alternate ? 'screen' : 'program';
    this.take.dispose();
    this.wire.parser.take = new Take(cols, ROWS, carried);
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

  /** Waits for the end of a program that will get no more input. */
  private async givenUp(open: CommandEnd): Promise<CommandEnd> {
    const { wire } = this;
    if (!(await wire.wait(() => wire.shell.status !== undefined, performance.now() + GIVES_UP)))
      return wire.gone ? { how: 'gone' } : open;
    const ended = this.takeEnded();
    return ended === undefined ? open : { how: 'prompt', status: ended.status };
  }

  private async typeLines(command: Command, limits: CommandLimits): Promise<CommandEnd> {
    const deadline = performance.now() + limits.timeout;
    this.wire.parser.showPrompt();
    this.take.beginCommand(command.lines.join('\n'));
    const expected = limits.closes === false;
    let end: CommandEnd = { how: 'gone' };
    for (const [index, line] of command.lines.entries()) {
      const isLast = index === command.lines.length - 1;
      const until = isLast ? limits.until : undefined;
      end =
        command.reader === 'session'
          ? await this.typeToBash(line, deadline, { until, expected })
          : await this.typeToProgram(line, deadline, { until, expected });
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
    { until, expected }: LineLimits,
  ): Promise<CommandEnd> {
    const { wire } = this;
    this.open = undefined;
    wire.typeLine(line);
    wire.detect({ delay: UNANSWERED });
    if (!(await wire.wait(() => wire.answered, deadline))) return this.ranOut();
    if (wire.shell.continues && !wire.shell.accepted) return { how: 'incomplete' };
    // An empty line or a comment runs nothing, so `$?` is still that of the previous command. But
    // as the last line of a command, it makes bash run that, which has its own status.
    const { accepted, status } = wire.shell;
    if (/^\s*(#.*)?$/.test(line) && !accepted && status !== undefined)
      return { how: 'prompt', status: 0 };
    if (until !== undefined) return this.answer(until, deadline);
    if (wire.shell.status === undefined) wire.detect({ expected });
    return this.ending(deadline);
  }

  private async typeToProgram(
    line: string,
    deadline: number,
    { until, expected }: LineLimits,
  ): Promise<CommandEnd> {
    const { wire, open } = this;
    this.open = undefined;
    wire.typeLine(line);
    if (until !== undefined) return this.answer(until, deadline);
    wire.detect({ ...typedTo(open, byteLength(line) + 1), expected });
    return this.settled(await this.ending(deadline));
  }

  /** Waits for the text, then presses the keys, to end or to answer a command. */
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
    wire.parser.endEcho();

    wire.detect({});
    await wire.wait(() => this.isReady(), performance.now() + BEFORE_KEYS);
    const reader = wire.opened;
    const read = await pressKeys(wire, until.keys);
    wire.detect({ delay: AFTER_KEYS, ...(read > 0 && typedTo(reader, read)) });
    return this.settled(await this.ending(deadline));
  }

  /** Waits for the extra prompt after a key that arrived only when its program had ended. */
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
      wire.parser.endEcho();
      // A program that queried the terminal waits for the reply first.
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

  /** The program that was left open, unless the session's prompt is back. */
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

/** How many bytes a program must have read before it can wait for the next line. */
function typedTo(
  waiter: WaitingProgram | undefined,
  bytes: number,
): { typedTo?: { pid: number; need: number } } {
  return waiter === undefined ? {} : { typedTo: { pid: waiter.pid, need: waiter.read + bytes } };
}
