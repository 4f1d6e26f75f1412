import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import { openLabHost, type LabHost } from '../../scripts/lab/index.ts';
import type { RecordOptions } from '../../scripts/recorder/options.ts';
import { record } from '../../scripts/recorder/record.ts';
import type { RecordResult } from '../../scripts/recorder/result.ts';
import { details, summary } from '../../scripts/recorder/report/text.ts';
import { reuseLabs } from './reused-labs.ts';

/** What a run of the command printed, and its exit status. */
export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Milliseconds. */
  readonly took: number;
}

/** Runs `npm run record -- …` as an author does. */
export function npmRunRecord(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Ran> {
  return run(['npm', 'run', '--silent', 'record', '--', ...args], { env });
}

/** Runs the command in a folder as if it were the folder of the project. */
export function recordIn(folder: string, args: readonly string[]): Promise<Ran> {
  const scripts = fileURLToPath(new URL('../../scripts/', import.meta.url));
  const command = [process.execPath, join(scripts, 'command/run.mjs'), join(scripts, 'record.ts')];
  return run([...command, ...args], { cwd: folder });
}

/** Runs a command until it ends. */
export function run(
  [program = '', ...args]: readonly string[],
  { cwd, env = {} }: { cwd?: string; env?: Record<string, string> },
): Promise<Ran> {
  const started = performance.now();
  const child = spawn(program, args, {
    ...(cwd !== undefined && { cwd }),
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (text: Buffer) => (stdout += text.toString()));
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) =>
      resolve({ status, stdout, stderr, took: performance.now() - started }),
    );
  });
}

let host: Promise<LabHost> | undefined;
// Every test file has its own copy of this module.
afterAll(async () => (await host)?.close());

/** The host of the labs of a test file, for what is run in its own process. They are used again. */
export function labsOfThisFile(): Promise<LabHost> {
  return (host ??= openLabHost(() => undefined).then(reuseLabs));
}

/** A run of the recorder in the process of the tests, with what the command would print. */
export interface RanHere extends Ran {
  readonly result: RecordResult;
}

/** A temporary folder with lessons and their recordings. */
export class Workshop {
  readonly folder = mkdtempSync(join(tmpdir(), 'you-like-docker-'));
  readonly content = join(this.folder, 'lessons');
  readonly recordings = join(this.folder, 'recordings');

  constructor() {
    mkdirSync(this.content);
  }

  /** Writes a lesson with the required front matter, and more of it if given. */
  write(id: string, body: string, frontMatter = ''): void {
    const lines = [
      '---',
      `title: ${id}`,
      'description: For a test.',
      frontMatter,
      '---',
      '',
      body,
      '',
    ];
    writeFileSync(join(this.content, `${id}.mdx`), lines.join('\n'));
  }

  edit(id: string, from: string, to: string): void {
    const path = join(this.content, `${id}.mdx`);
    const before = readFileSync(path, 'utf8');
    if (!before.includes(from)) throw new Error(`${path} does not contain ${from}`);
    writeFileSync(path, before.replace(from, to));
  }

  /** Copies the lessons and recordings of other folders. */
  copyFrom(content: string, recordings: string): void {
    cpSync(content, this.content, { recursive: true });
    if (existsSync(recordings)) cpSync(recordings, this.recordings, { recursive: true });
  }

  /**
   * Copies what was recorded of a lesson, as the recordings of another lesson with the same steps.
   */
  copyRecordings({ recordings }: Workshop, lesson: string, copy: string): void {
    const folder = join(this.recordings, copy);
    cpSync(join(recordings, lesson), folder, { recursive: true });
    const proof = join(folder, 'proof.json');
    const text = readFileSync(proof, 'utf8');
    writeFileSync(proof, text.replace(`"lesson": "${lesson}"`, `"lesson": "${copy}"`));
  }

  /**
   * Does what the command does, in this process, for tests that are not about the process or the
   * lab. A lab in which a lesson has left nothing is used again; labs stay open until all tests of
   * the file have run.
   */
  async recordHere(options: Partial<RecordOptions> = {}): Promise<RanHere> {
    return this.recordAlone({ host: await labsOfThisFile(), ...options });
  }

  /** Does what the command does, in this process; all of its labs are closed afterwards. */
  async recordAlone(options: Partial<RecordOptions> = {}): Promise<RanHere> {
    const started = performance.now();
    const printed: string[] = [];
    const result = await record({
      content: this.content,
      recordings: this.recordings,
      names: [],
      all: false,
      check: false,
      jobs: 1,
      report: (line) => printed.push(line),
      signal: new AbortController().signal,
      ...options,
    });
    printed.push(...details(result));
    return {
      result,
      status: result.status,
      stdout: `${summary(result)}\n`,
      stderr: printed.map((line) => `${line}\n`).join(''),
      took: performance.now() - started,
    };
  }

  record(args: readonly string[] = [], env: Record<string, string> = {}): Promise<Ran> {
    return npmRunRecord(['--content', this.content, '--recordings', this.recordings, ...args], env);
  }

  screen(lesson: string, step: string): string {
    return readFileSync(join(this.recordings, lesson, `${step}.txt`), 'utf8');
  }

  /** The hash of each file of the recordings. */
  snapshot(): Record<string, string> {
    const files = existsSync(this.recordings)
      ? readdirSync(this.recordings, { recursive: true, encoding: 'utf8' })
      : [];
    const entries = files
      .map((name) => [name, join(this.recordings, name)] as const)
      .filter(([, path]) => statSync(path).isFile());
    return Object.fromEntries(
      entries.map(([name, path]) => [
        name,
        createHash('sha256').update(readFileSync(path)).digest('hex'),
      ]),
    );
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A `console` fence. */
export function fence(line: string, ...typed: readonly string[]): string {
  return ['```console ' + line, ...typed, '```', ''].join('\n');
}

/** A task with a check, for `a.txt` to hold `ahoy`; the parts of it that differ are given. */
export function task({
  check = ['test -e a.txt # a file `a.txt`', 'grep -q ahoy a.txt # the word `ahoy` in it'],
  wrong = [
    fence('no-word wrong="the word ahoy" undo="rm a.txt"', '$ touch a.txt'),
    fence('elsewhere wrong="a file" undo="rm b.txt"', '$ echo ahoy > b.txt'),
  ],
  solution = '$ echo ahoy > a.txt',
}: {
  check?: readonly string[];
  wrong?: readonly string[];
  solution?: string;
} = {}): string {
  return [
    '<YourTurn>\n\nWrite `ahoy` into `a.txt`.\n',
    ['```check', ...check, '```\n'].join('\n'),
    '<Hint>The shell writes into a file.</Hint>\n\n<Hint>With `>`.</Hint>\n',
    ...wrong,
    `<Solution>\n\n${fence('solution', solution)}\n</Solution>\n\n</YourTurn>\n`,
  ].join('\n');
}
