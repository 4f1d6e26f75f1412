import { afterEach, describe, expect, test } from 'vitest';
import type { Look, SessionTerminal } from './model.ts';
import { Session } from './session.ts';
import { Wire } from './wire.ts';

const NONCE = 'abc123';
const mark = (kind: string, value = 0) => `\x1b]133;${kind};${NONCE};${value}\x07`;
const MARK = /\x1b\]133;[^\x07]*\x07/g;
/** bash's prompt, after a command with this status. */
const prompt = (status = 0) => `${mark('A', status)}$ ${mark('B', status)}`;

/** What is printed when something is typed: texts, each so many milliseconds after the one before. */
type Answers = Readonly<Record<string, readonly (readonly [after: number, text: string])[]>>;

const sessions: Session[] = [];
afterEach(() => {
  for (const session of sessions.splice(0)) session.end();
});

/** A session on a terminal that prints what is written down, in the very pieces; whoever has printed all waits for the keyboard. */
function scripted(answers: Answers): {
  session: Session;
  /** What was typed, and what had been printed by then, without the marks. */
  typed: { keys: string; after: string }[];
  print: (text: string) => void;
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
  const terminal: SessionTerminal = {
    input: (keys) => {
      typed.push({ keys, after: printed.replaceAll(MARK, '') });
      saying = Promise.all([saying, say(keys)]).then(() => undefined);
    },
    onOutput: (listener) => (receive = listener),
    pause: () => undefined,
    resume: () => undefined,
    resize: () => Promise.resolve(),
    gone: new Promise(() => undefined),
  };
  let looked = 0;
  const look: Look = {
    watch: (_, found) => {
      const id = ++looked;
      void saying.then(() => {
        if (id !== looked) return;
        print(mark('F', id));
        found({ pid: 9, read: 0, program: 'sh' });
      });
      return id;
    },
    watchSignals: (found) => void saying.then(found),
    stop: () => looked++,
    end: () => looked++,
    died: new Promise(() => undefined),
  };
  const session = new Session(new Wire(terminal, look, NONCE));
  sessions.push(session);
  print(prompt());
  return { session, typed, print };
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
      [400, 'tick\r\n'], // longer than the session looks who reads the keys
    ],
    '\x03': [[1, '^C\r\n# ']],
  };
  const until = { text: 'tick', keys: '^C' };

  test('what a program printed before the line was typed does not count', async () => {
    const { session, typed } = scripted(shell);
    await session.beginStep(80);
    await session.type(bash('sh'), limits);
    await session.type(inProgram('echo tick'), limits);
    await session.type(inProgram('slow'), { ...limits, until });
    expect(typed.at(-1)?.keys).toBe('\x03');
    expect(typed.at(-1)?.after).toMatch(/slow\r\ntick\r\n$/);
  });
  test('nor does the prompt that the step before left behind', async () => {
    const { session, typed } = scripted({ ...shell, 'sh\r': [[1, `sh\r\n${mark('C')}tick# `]] });
    await session.beginStep(80);
    await session.type(bash('sh'), limits);
    await session.beginStep(80);
    await session.type(inProgram('slow'), { ...limits, until });
    expect(typed.at(-1)?.keys).toBe('\x03');
    expect(typed.at(-1)?.after).toMatch(/slow\r\ntick\r\n$/);
  });
});
