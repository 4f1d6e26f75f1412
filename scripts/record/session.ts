import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readKeys } from '../../src/lesson/keys.ts';
import { DEFAULT_COLS, ROWS, type Command } from '../../src/lesson/model.ts';
import { LabError, type Lab, type LabTerminal } from '../lab/index.ts';
import { EchoReader } from './echo.ts';
import { MarkReader, type Mark } from './marks.ts';
import { Signal } from './signal.ts';
import { Take } from './take.ts';
import { Watcher, type Waiter } from './watcher.ts';

/** How a command stands when the session is ready for the next line. */
export type CommandEnd =
  /** The session's prompt is back; the status is that of the command. */
  | { readonly kind: 'prompt'; readonly status: number }
  /** A program waits for input. */
  | { readonly kind: 'open'; readonly program: string }
  /** bash waits for a continuation line: the command is not complete. */
  | { readonly kind: 'incomplete' }
  /** bash took the command as complete before its last line. */
  | { readonly kind: 'early'; readonly line: number }
  /** It ended before it printed the text of `until`. */
  | { readonly kind: 'silent' }
  /** The time is over. */
  | { readonly kind: 'timeout' }
  /** The session's bash is gone. */
  | { readonly kind: 'gone' };

export interface CommandLimits {
  /** Milliseconds. */
  readonly timeout: number;
  readonly until?: { readonly text: string; readonly keys: string };
}

/** The folder in which every session starts; empty but for what the lesson puts there. */
export const SESSION_FOLDER = '/root/workshop';

const RC_FILE = readFileSync(new URL('session.bash', import.meta.url), 'utf8');
const RC_IN_LAB = '/run/recorder/session.bash';
const ENVIRONMENT = [
  'HOME=/root',
  'USER=root',
  'LOGNAME=root',
  'SHELL=/bin/bash',
  'TERM=xterm-256color',
  'LANG=C.UTF-8',
  'TZ=UTC',
  'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
];

/** Time for the session's first prompt, in milliseconds. */
const START_LIMIT = 20_000;
/** If no mark came so long after a line was typed, look who took it. */
const UNANSWERED = 2000;
/** Time in which a program that is about to ask for keys is found waiting. */
const BEFORE_KEYS = 200;
/** Time for the effect of a key that is a signal, which no program reads. */
const AFTER_KEYS = 150;
/** After Escape, so that it and the next key are not read as Alt. */
const AFTER_ESCAPE = 80;
/**
 * Before and after a key that is a signal, if it is not the only one: it takes away what the terminal has yet to echo, two in
 * a row become one, and what a program prints about it takes its way through a container.
 */
const AROUND_SIGNALS = 300;
/** ^C, ^Z and ^\\ are signals: no program reads them. */
const SIGNALS = ['\x03', '\x1a', '\x1c'];
/** Output waiting to be drawn, in characters, at which the session is made to wait, and goes on. */
const [PAUSE_AT, RESUME_AT] = [4_000_000, 1_000_000];

/** What the marks have said since the last line was typed. */
interface Heard {
  /** bash took the line and runs it. */
  accepted: boolean;
  /** bash waits for a continuation line. */
  continues: boolean;
  /** The prompt is back; the status of the command before it. */
  status: number | undefined;
}

function nothingHeard(): Heard {
  return { accepted: false, continues: false, status: undefined };
}

/** The interactive bash on a terminal in the lab that plays a lesson. */
export class Session {
  /** The recording of the step that is played. */
  take = new Take(DEFAULT_COLS, ROWS);

  private readonly terminal: LabTerminal;
  private readonly watcher: Watcher;
  private readonly marks: MarkReader;
  private readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  private readonly changed = new Signal();

  private root = 0;
  private cols = DEFAULT_COLS;
  private gone = false;
  /** Why the look in the lab ended, if it did: then nobody can tell when a program waits. */
  private blind: string | undefined;
  /** Output that is not recorded: what bash draws anew when the terminal's width changes. */
  private muted = false;
  /** The prompt as printed, kept back until the next line is typed: it belongs to that line. */
  private prompt: string | undefined;
  private promptParts: string | undefined;
  private echo: EchoReader | undefined;

  private heard = nothingHeard();
  private fence = 0;
  private watched: { id: number; waiter?: Waiter } | undefined;
  /** The program that waits for input, if one is open. */
  private open: Waiter | undefined;

  private constructor(terminal: LabTerminal, watcher: Watcher, nonce: string) {
    this.terminal = terminal;
    this.watcher = watcher;
    this.marks = new MarkReader(nonce);
    terminal.output.on('data', (bytes: Buffer) => this.receive(bytes));
    void terminal.exited.finally(() => {
      this.gone = true;
      this.changed.notify();
    });
  }

  /**
   * Starts the session and waits for its first prompt.
   * @throws {Error} if there is none in time
   */
  static async start(lab: Lab): Promise<Session> {
    const nonce = randomBytes(8).toString('hex');
    const rc = RC_FILE.replaceAll('NONCE', nonce);
    await lab.run(
      ['sh', '-c', `mkdir -p /run/recorder ${SESSION_FOLDER} && cat > ${RC_IN_LAB}`],
      rc,
    );
    let blind: (why: string) => void = () => undefined;
    const watcher = await Watcher.start(lab, nonce, (why) => blind(why));
    const terminal = await lab.terminal({
      cmd: ['env', '-i', ...ENVIRONMENT, 'bash', '--rcfile', RC_IN_LAB, '-i'],
      env: [],
      cwd: SESSION_FOLDER,
      cols: DEFAULT_COLS,
      rows: ROWS,
    });
    const session = new Session(terminal, watcher, nonce);
    blind = (why) => {
      session.blind = why;
      session.changed.notify();
    };
    const ready = await session.changed.until(
      () => session.heard.status !== undefined || session.gone,
      START_LIMIT,
    );
    if (!ready || session.gone)
      throw new Error(`the session's bash gave no prompt within ${START_LIMIT / 1000} s`);
    return session;
  }

  /** Whether a program that an earlier command started waits for input. */
  get openProgram(): string | undefined {
    return this.open?.program;
  }

  /** Begins the next step: an empty screen, but for the prompt of an open program. */
  async beginStep(cols: number): Promise<void> {
    const carried = this.open === undefined ? '' : await this.take.carry();
    this.take.dispose();
    if (cols !== this.cols) await this.resize(cols);
    this.take = new Take(cols, ROWS, carried);
  }

  /** Types a command, line by line, and waits until the session is ready for the next one. */
  async type(command: Command, limits: CommandLimits): Promise<CommandEnd> {
    const deadline = performance.now() + limits.timeout;
    this.showPrompt();
    this.take.beginCommand(command.lines.join('\n'));
    let end: CommandEnd = { kind: 'gone' };
    for (const [index, line] of command.lines.entries()) {
      const isLast = index === command.lines.length - 1;
      const until = isLast ? limits.until : undefined;
      end =
        command.reader === 'session'
          ? await this.typeToBash(line, deadline, until)
          : await this.typeToProgram(line, deadline, until);
      if (isLast) break;
      const goesOn =
        end.kind === 'incomplete' || (command.reader === 'program' && end.kind === 'open');
      if (!goesOn) return end.kind === 'prompt' ? { kind: 'early', line: index } : end;
    }
    this.watcher.stop();
    return end;
  }

  end(): void {
    this.watcher.end();
    this.take.dispose();
  }

  private async typeToBash(
    line: string,
    deadline: number,
    until: CommandLimits['until'],
  ): Promise<CommandEnd> {
    this.heard = nothingHeard();
    this.open = undefined;
    this.echo = new EchoReader(line);
    this.take.beginLine();
    this.terminal.input(`${line}\r`);
    this.watch({ delay: UNANSWERED });
    const isEmpty = /^\s*(#.*)?$/.test(line);
    const answered = () =>
      this.heard.accepted ||
      this.heard.continues ||
      this.heard.status !== undefined ||
      this.opened !== undefined;
    if (!(await this.wait(answered, deadline))) return this.ranOut();
    if (this.heard.continues && !this.heard.accepted) return { kind: 'incomplete' };
    // An empty line or a comment runs nothing: `$?` is still that of the command before.
    if (isEmpty && this.heard.status !== undefined) return { kind: 'prompt', status: 0 };
    if (until === undefined) return this.ending(deadline);
    return this.pressKeys(until, deadline);
  }

  private async typeToProgram(
    line: string,
    deadline: number,
    until: CommandLimits['until'],
  ): Promise<CommandEnd> {
    const bytes = Buffer.byteLength(line) + 1;
    const typedTo = this.open && { pid: this.open.pid, need: this.open.read + bytes };
    this.heard = nothingHeard();
    this.open = undefined;
    this.echo = new EchoReader(line);
    this.take.beginLine();
    this.terminal.input(`${line}\r`);
    if (until !== undefined) return this.pressKeys(until, deadline);
    this.watch({ ...(typedTo && { typedTo }) });
    return this.ending(deadline, false);
  }

  /** Waits for the text, then presses the keys: for a command that does not end by itself, or asks something. */
  private async pressKeys(
    until: { text: string; keys: string },
    deadline: number,
  ): Promise<CommandEnd> {
    this.watcher.stop();
    this.watched = undefined;
    const printed = () => this.take.shows(until.text);
    if (!(await this.wait(() => printed() || this.heard.status !== undefined, deadline)))
      return this.ranOut();
    if (this.heard.status !== undefined) return { kind: 'silent' };
    this.endEcho();

    this.watch({});
    await this.wait(
      () => this.opened !== undefined || this.heard.status !== undefined,
      performance.now() + BEFORE_KEYS,
    );
    const reader = this.opened;
    let read = 0;
    let previous = '';
    for (const key of readKeys(until.keys)) {
      const pause =
        SIGNALS.includes(previous) || SIGNALS.includes(key)
          ? AROUND_SIGNALS
          : previous === '\x1b'
            ? AFTER_ESCAPE
            : 0;
      if (previous !== '' && pause > 0)
        await this.wait(() => this.heard.status !== undefined, performance.now() + pause);
      this.terminal.input(key);
      if (!SIGNALS.includes(key)) read += Buffer.byteLength(key);
      previous = key;
    }
    this.watch({
      delay: AFTER_KEYS,
      ...(reader && read > 0 && { typedTo: { pid: reader.pid, need: reader.read + read } }),
    });
    const end = await this.ending(deadline, false);
    // A key that came too late for its program makes one more prompt: let it pass before the next line is typed.
    if (end.kind === 'prompt') await this.settle();
    return end;
  }

  /** Waits until the prompt is back or a program waits for input. */
  private async ending(deadline: number, watch = true): Promise<CommandEnd> {
    if (watch && this.heard.status === undefined) this.watch({});
    for (;;) {
      if (
        !(await this.wait(
          () => this.heard.status !== undefined || this.opened !== undefined,
          deadline,
        ))
      )
        return this.ranOut();
      if (this.heard.status !== undefined) {
        this.take.replies = '';
        return { kind: 'prompt', status: this.heard.status };
      }
      const waiter = this.opened;
      if (waiter === undefined) continue;
      this.endEcho();
      // A program that asked the terminal something waits for the answer first.
      await this.take.drawn();
      if (this.take.replies !== '') {
        const reply = this.take.replies;
        this.take.replies = '';
        this.terminal.input(reply);
        this.watch({ typedTo: { pid: waiter.pid, need: waiter.read + Buffer.byteLength(reply) } });
        continue;
      }
      this.open = waiter;
      return { kind: 'open', program: waiter.program };
    }
  }

  private ranOut(): CommandEnd {
    this.watcher.stop();
    return this.gone ? { kind: 'gone' } : { kind: 'timeout' };
  }

  /** The program that waits for input, once the fence has proved that its output is complete. */
  private get opened(): Waiter | undefined {
    return this.watched?.waiter !== undefined && this.fence === this.watched.id
      ? this.watched.waiter
      : undefined;
  }

  private watch(what: { typedTo?: { pid: number; need: number }; delay?: number }): void {
    const watched: { id: number; waiter?: Waiter } = { id: 0 };
    watched.id = this.watcher.watch({ root: this.root, ...what }, (waiter) => {
      watched.waiter = waiter;
      this.changed.notify();
    });
    this.watched = watched;
  }

  /** Waits for a state of the session; false if the time is over or bash is gone. */
  private async wait(reached: () => boolean, deadline: number): Promise<boolean> {
    const done = () => reached() || this.gone || this.blind !== undefined;
    const inTime = await this.changed.until(done, Math.max(0, deadline - performance.now()));
    if (this.blind !== undefined && !this.gone)
      throw new LabError(
        `look.pl ended in the lab, ${this.blind}`,
        'the lab needs perl and a readable /proc/PID/syscall',
      );
    return inTime && reached();
  }

  /** Waits until bash has drawn all and reads the keyboard. */
  private async settle(): Promise<void> {
    this.watch({ delay: 20 });
    await this.wait(() => this.opened !== undefined, performance.now() + START_LIMIT);
    this.watcher.stop();
    this.watched = undefined;
  }

  private async resize(cols: number): Promise<void> {
    const { prompt } = this;
    this.muted = true;
    await this.terminal.resize(cols, ROWS);
    this.cols = cols;
    await this.settle();
    this.muted = false;
    this.prompt = prompt;
  }

  private receive(bytes: Buffer): void {
    for (const piece of this.marks.read(this.decoder.decode(bytes, { stream: true }))) {
      if ('mark' in piece) this.receiveMark(piece.mark);
      else this.receiveText(piece.text);
    }
    if (this.take.undrawn > PAUSE_AT && !this.terminal.output.isPaused()) {
      this.terminal.output.pause();
      void this.resumeWhenDrawn();
    }
    this.changed.notify();
  }

  private async resumeWhenDrawn(): Promise<void> {
    while (this.take.undrawn > RESUME_AT) await this.take.drawn();
    this.terminal.output.resume();
  }

  private receiveText(text: string): void {
    if (this.promptParts !== undefined) this.promptParts += text;
    else if (this.muted) return;
    else if (this.echo !== undefined) {
      const { echo, rest } = this.echo.read(text);
      if (echo !== '') this.take.typing(echo);
      if (this.echo.done) this.endEcho();
      if (rest !== '') this.take.output(rest);
    } else {
      this.showPrompt();
      this.take.output(text);
    }
  }

  private receiveMark({ kind, value }: Mark): void {
    switch (kind) {
      case 'P':
        this.root = Number(value);
        break;
      case 'A':
        this.endEcho();
        this.promptParts = '';
        break;
      case 'B':
        this.prompt = this.promptParts;
        this.promptParts = undefined;
        this.heard.status = Number(value);
        break;
      case '2':
        this.endEcho();
        this.heard.continues = true;
        break;
      case 'C':
        this.endEcho();
        this.heard.accepted = true;
        break;
      case 'F':
        this.fence = Number(value);
        break;
    }
  }

  private endEcho(): void {
    if (this.echo === undefined) return;
    const held = this.echo.finish();
    this.echo = undefined;
    this.take.endLine();
    if (held !== '') this.take.output(held);
  }

  /** Puts the prompt that was kept back on the screen. */
  private showPrompt(): void {
    if (this.prompt === undefined) return;
    const { prompt } = this;
    this.prompt = undefined;
    this.take.output(prompt);
  }
}
