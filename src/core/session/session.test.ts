import { afterEach, describe, expect, test } from 'vitest';
import { lineText } from '../recording/screen.ts';
import type { InputDetector, SessionTerminal } from './model.ts';
import { Session } from './session.ts';
import { OUTPUT_LIMIT } from './take.ts';
import { Wire } from './wire.ts';

const NONCE = 'abc123';
const mark = (kind: string, value = 0) => `\x1b]133;${kind};${NONCE};${value}\x07`;
const MARK = /\x1b\]133;[^\x07]*\x07/g;
/** bash's prompt, after a command with this status. */
const prompt = (status = 0) => `${mark('A', status)}$ ${mark('B', status)}`;

/** The output for typed keys: texts, each with a delay in milliseconds. */
type Answers = Readonly<Record<string, readonly (readonly [after: number, text: string])[]>>;

const sessions: Session[] = [];
afterEach(async () => {
  for (const session of sessions.splice(0)) {
    await session.take.drawn();
    session.end();
  }
});

/** A session on a terminal that prints scripted texts, and then waits for the keyboard. */
function scripted(
  answers: Answers,
  resize: SessionTerminal['resize'] = () => Promise.resolve(),
): {
  session: Session;
  /** What was typed, with the output up to then, without marks. */
  typed: { keys: string; after: string }[];
  print: (text: string) => void;
  /** Ends bash. */
  end: () => void;
} {
  const typed: { keys: string; after: string }[] = [];
  let printed = '';
  let receive: (bytes: Uint8Array) => void = () => undefined;
  const print = (text: string) => {
    printed += text;
    receive(new TextEncoder().encode(text));
  };
  let saying: Promise<void> = Promise.resolve();
  const say = async (keys: string) => {
    for (const [after, text] of answers[keys] ?? []) {
      await new Promise((resolve) => setTimeout(resolve, after));
      print(text);
    }
  };
  let end: () => void = () => undefined;
  const terminal: SessionTerminal = {
    input: (keys) => {
      typed.push({ keys, after: printed.replaceAll(MARK, '') });
      saying = Promise.all([saying, say(keys)]).then(() => undefined);
    },
    onOutput: (listener) => (receive = listener),
    resize,
    gone: new Promise<void>((resolve) => (end = resolve)),
  };
  let looked = 0;
  const detector: InputDetector = {
    detect: (_, found) => {
      const id = ++looked;
      void saying.then(() => {
        if (id !== looked) return;
        print(mark('F', id));
        found({ pid: 9, read: 0, program: 'sh' });
      });
      return id;
    },
    awaitSignals: (found) => void saying.then(found),
    stop: () => looked++,
    end: () => looked++,
    failed: new Promise(() => undefined),
  };
  const session = new Session(new Wire(terminal, detector, NONCE));
  sessions.push(session);
  print(prompt());
  return { session, typed, print, end };
}

const bash = (...lines: string[]) => ({ line: 1, reader: 'session' as const, lines });
const inProgram = (...lines: string[]) => ({ line: 1, reader: 'program' as const, lines });
const limits = { timeout: 3000 };

describe('until', () => {
  const shell: Answers = {
    'sh\r': [[1, `sh\r\n${mark('C')}# `]],
    'echo tick\r': [[1, 'echo tick\r\ntick\r\n# ']],
    'slow\r': [
      [1, 'slow\r\n'],
      [400, 'tick\r\n'], // longer than the session looks for the reader of the keys
    ],
    '\x03': [[1, '^C\r\n# ']],
  };
  const until = { text: 'tick', keys: '^C' };

  test('ignores output from before the line was typed', async () => {
    const { session, typed } = scripted(shell);
    await session.beginStep(80);
    await session.type(bash('sh'), limits);
    await session.type(inProgram('echo tick'), limits);
    await session.type(inProgram('slow'), { ...limits, until });
    expect(typed.at(-1)?.keys).toBe('\x03');
    expect(typed.at(-1)?.after).toMatch(/slow\r\ntick\r\n$/);
  });
  test('ignores the prompt that the previous step left behind', async () => {
    const { session, typed } = scripted({ ...shell, 'sh\r': [[1, `sh\r\n${mark('C')}tick# `]] });
    await session.beginStep(80);
    await session.type(bash('sh'), limits);
    await session.beginStep(80);
    await session.type(inProgram('slow'), { ...limits, until });
    expect(typed.at(-1)?.keys).toBe('\x03');
    expect(typed.at(-1)?.after).toMatch(/slow\r\ntick\r\n$/);
  });
});

test('the status of a command whose last line is empty, with marks in one or two pieces', async () => {
  for (const pieces of [
    [[1, mark('C') + prompt(1)]],
    [
      [1, mark('C')],
      [20, prompt(1)],
    ],
  ] as const) {
    const { session } = scripted({
      'false \\\r': [[1, `false \\\r\n> ${mark('2')}`]],
      '\r': [[1, '\r\n'], ...pieces],
    });
    await session.beginStep(80);
    expect(await session.type(bash('false \\', ''), limits)).toEqual({ how: 'prompt', status: 1 });
  }
});

describe('a program that ends between two steps', () => {
  const shell: Answers = {
    'sh\r': [[1, `sh\r\n${mark('C')}# `]],
    'echo\r': [[1, `echo\r\n${mark('C')}${prompt()}`]],
  };

  test('is no longer open, and its status is reported once', async () => {
    const { session, print } = scripted(shell);
    await session.beginStep(80);
    await session.type(bash('sh'), limits);
    expect(session.openProgram?.program).toBe('sh');
    expect(session.takeEnded()).toBeUndefined();
    session.take.close();
    print(`Killed\r\n${prompt(137)}`);
    await session.beginStep(80);
    expect(session.openProgram).toBeUndefined();
    expect(session.takeEnded()).toEqual({ program: 'sh', status: 137 });
    expect(session.takeEnded()).toBeUndefined();
    expect(await session.type(bash('echo'), limits)).toEqual({ how: 'prompt', status: 0 });
    const { lines } = await session.take.screen();
    expect(lines.map(lineText)).toEqual(['Killed', '$ echo']);
  });
});

describe('a terminal that cannot be resized', () => {
  const refused = new Error('no such exec');

  test('because bash has ended makes the next command fail', async () => {
    const { session, end } = scripted({}, () => Promise.reject(refused));
    const begun = session.beginStep(100);
    setTimeout(end, 20);
    await begun;
    await session.beginStep(120);
    expect(await session.type(bash('echo'), limits)).toEqual({ how: 'gone' });
  });
});

describe('output without end', () => {
  const chunk = `${'y'.repeat(79)}\r`.repeat(20_000);
  const kept = ({ take }: Session) =>
    take.items.reduce((sum, item) => sum + (item.kind === 'output' ? item.text.length : 0), 0);

  test('ends the command long before its timeout, and little more than the limit is kept', async () => {
    const { session, print } = scripted({
      'yes\r': [
        [1, `yes\r\n${mark('C')}`],
        [60_000, prompt(130)],
      ],
    });
    await session.beginStep(80);
    const flood = setInterval(() => print(chunk), 1);
    try {
      const end = await session.type(bash('yes'), { timeout: 30_000 });
      expect(end).toEqual({ how: 'flooded' });
      for (let more = 0; more < 100; more++) print(chunk);
    } finally {
      clearInterval(flood);
    }
    expect(kept(session)).toBeGreaterThan(OUTPUT_LIMIT);
    expect(kept(session)).toBeLessThanOrEqual(OUTPUT_LIMIT + chunk.length);
  }, 30_000);
  test('between two steps ends the next one', async () => {
    const { session, print } = scripted({ 'echo\r': [[1, `echo\r\n${mark('C')}${prompt()}`]] });
    await session.beginStep(80);
    session.take.close();
    for (let size = 0; size < 2 * OUTPUT_LIMIT; size += chunk.length) print(chunk);
    await session.beginStep(80);
    expect(await session.type(bash('echo'), limits)).toEqual({ how: 'flooded' });
    expect(kept(session)).toBeLessThanOrEqual(OUTPUT_LIMIT + chunk.length);
  }, 30_000);
});
