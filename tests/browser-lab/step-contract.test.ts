import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DEFAULT_COLS, ROWS } from '../../src/core/lesson/model.ts';
import { createTerminal } from '../../src/core/recording/terminal.ts';
import { ScreenInputDetector } from '../../src/core/run/screen-input-detector.ts';
import type { SessionTerminal } from '../../src/core/session/model.ts';
import { Session } from '../../src/core/session/session.ts';
import { testStepContract, type Place } from '../support/step-contract.ts';
import { run } from '../support/recorder.ts';

/*
 * The step runner as the browser lab uses it, with its input detector and shell integration, on a
 * bash of this machine: this takes seconds. `built` has the same cases for the emulator.
 */

const NONCE = '0123456789abcdef';
const BASHRC = new URL('../../scripts/browser-lab/guest/bashrc', import.meta.url);

testStepContract(async (): Promise<Place> => {
  const root = mkdtempSync(join(tmpdir(), 'you-like-docker-'));
  const rcFile = join(root, 'bashrc');
  writeFileSync(rcFile, readFileSync(BASHRC, 'utf8').replaceAll('NONCE', NONCE));
  const children: ReturnType<typeof spawn>[] = [];
  let folder = root;
  return Promise.resolve({
    session: async () => {
      folder = mkdtempSync(join(root, 'session-'));
      const device = `${folder}.tty`;
      const size = `stty cols ${DEFAULT_COLS} rows ${ROWS}`;
      const bash = `tty > ${device}; ${size}; exec bash --rcfile ${rcFile} -i`;
      const env = {
        PATH: process.env['PATH'],
        HOME: folder,
        TERM: 'xterm-256color',
        LANG: 'C.UTF-8',
      };
      const child = spawn('script', ['-qfec', bash, '/dev/null'], { cwd: folder, env });
      children.push(child);
      const drawn = createTerminal(DEFAULT_COLS, ROWS);
      child.stdout.on('data', (bytes: Buffer) => {
        drawn.write(bytes);
      });
      const terminal: SessionTerminal = {
        input: (text) => void child.stdin.write(text),
        onOutput: (receive) => void child.stdout.on('data', receive),
        pause: () => void child.stdout.pause(),
        resume: () => void child.stdout.resume(),
        resize: async (cols, rows) => {
          drawn.resize(cols, rows);
          const tty = readFileSync(device, 'utf8').trim();
          await run(['stty', '-F', tty, 'cols', String(cols), 'rows', String(rows)], {});
        },
        gone: new Promise((resolve) => child.on('exit', resolve)),
      };
      const session = await Session.start(terminal, new ScreenInputDetector(drawn), NONCE);
      if (session === undefined) throw new Error('bash gave no prompt');
      return session;
    },
    write: ({ path, text }) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
      return Promise.resolve();
    },
    close: async () => {
      for (const child of children) {
        const gone = new Promise((resolve) => child.once('exit', resolve));
        if (child.exitCode === null && child.kill('SIGKILL')) await gone;
      }
      rmSync(root, { recursive: true, force: true });
    },
  });
}, 'concurrent');
