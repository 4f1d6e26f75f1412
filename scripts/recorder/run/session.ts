import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { DEFAULT_COLS, ROWS } from '../../../src/core/lesson/model.ts';
import type { SessionTerminal } from '../../../src/core/session/model.ts';
import { PROMPT_LIMIT, Session } from '../../../src/core/session/session.ts';
import { LabError, type LabProcesses, type LabTerminal } from '../../lab/index.ts';
import { LabInputDetector } from './input-detector.ts';

/** The folder in which every session starts. It contains only files of the lesson. */
export const SESSION_FOLDER = '/root/workshop';
export const HOME = '/root';

const RC_FILE = readFileSync(new URL('session.bash', import.meta.url), 'utf8');
const RC_IN_LAB = '/run/recorder/session.bash';
/** The environment of a session. */
export const ENVIRONMENT: readonly string[] = [
  `HOME=${HOME}`,
  'USER=root',
  'LOGNAME=root',
  'SHELL=/bin/bash',
  'TERM=xterm-256color',
  'LANG=C.UTF-8',
  'TZ=UTC',
  'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
];

/**
 * Puts the RC file ($1) in place and becomes the session's bash: each process that is started in a
 * lab takes some 30 ms.
 */
const START = [
  `mkdir -p ${SESSION_FOLDER} \${0%/*}`,
  'printf %s "$1" > $0',
  `cd ${SESSION_FOLDER}`,
  `exec env -i ${ENVIRONMENT.join(' ')} bash --rcfile $0 -i`,
].join(' && ');

/**
 * Starts the session and waits for its first prompt.
 * @param tools processes with perl, which can see the lab's processes
 * @throws {LabError} if there is none in time
 */
export async function startSession(lab: LabProcesses, tools: LabProcesses = lab): Promise<Session> {
  const nonce = randomBytes(8).toString('hex');
  const [detector, terminal] = await Promise.all([
    LabInputDetector.start(tools, nonce),
    lab.terminal({
      cmd: ['sh', '-c', START, RC_IN_LAB, RC_FILE.replaceAll('NONCE', nonce)],
      env: [],
      cwd: '/',
      cols: DEFAULT_COLS,
      rows: ROWS,
    }),
  ]);
  const session = await Session.start(sessionTerminal(terminal), detector, nonce);
  if (session !== undefined) return session;
  throw new LabError(
    `bash gave no prompt in the lab within ${PROMPT_LIMIT / 1000} s`,
    'try `npm run lab`',
  );
}

function sessionTerminal(terminal: LabTerminal): SessionTerminal {
  const { output } = terminal;
  return {
    input: (text) => terminal.input(text),
    onOutput: (receive) => void output.on('data', receive),
    pause: () => void output.pause(),
    resume: () => void output.resume(),
    resize: (cols, rows) => terminal.resize(cols, rows),
    gone: terminal.exited.catch(() => undefined),
  };
}
