import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stepsOf, type Lesson } from '../../src/core/lesson/model.ts';
import { parseLesson } from '../../src/core/lesson/parse.ts';
import { commandReference } from '../../src/core/lesson/command-help.ts';
import { encodeCast, type Cast, type CastEvent } from '../../src/core/recording/cast.ts';
import {
  BROWSER_SCHEMA,
  type BrowserResult,
  type StepInBrowser,
  type TriedStep,
} from '../../src/core/run/browser-result.ts';
import { recordingPaths } from '../../src/core/recording/paths.ts';
import {
  encodeProof,
  PROOF_SCHEMA,
  type CommandProof,
  type StepProof,
} from '../../src/core/recording/proof.ts';
import { foldersOf } from '../../src/store/folders.ts';
import { readLessons } from '../../src/store/lessons.ts';
import { readLesson } from '../../src/store/project.ts';
import { screenText } from '../../src/core/recording/screen.ts';
import { sourceHashes } from '../../src/core/recording/source-hash.ts';
import { replay } from '../../src/core/recording/terminal.ts';

export { freePort } from '../../scripts/site/port.ts';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));

/** A copy of this project in a folder of its own, to be built without touching this one. */
export interface Project {
  readonly root: string;
  /** Writes a lesson; with `outputs`, also a recording of it in which each command prints the given text. */
  addLesson(
    id: string,
    text: string,
    outputs?: Readonly<Record<string, readonly string[]>>,
  ): Promise<void>;
  /** Says which steps of a lesson run in the browser lab. */
  addBrowserResult(id: string, steps: Readonly<Record<string, StepInBrowser>>): Promise<void>;
  build(env?: Readonly<Record<string, string>>): Promise<{ status: number | null; output: string }>;
  remove(): Promise<void>;
}

/**
 * Copies the project.
 * @param lessons whether the lessons and recordings of this repository come along
 */
export async function copyProject(lessons: 'real' | 'none'): Promise<Project> {
  const root = await mkdtemp(join(tmpdir(), 'you-like-docker-site-'));
  const names = ['src', 'scripts', 'public', 'astro.config.mjs', 'package.json', 'tsconfig.json'];
  if (lessons === 'real') names.push('content', 'recordings');
  for (const name of names) await cp(join(REPOSITORY, name), join(root, name), { recursive: true });
  await mkdir(join(root, 'content/lessons'), { recursive: true });
  await mkdir(join(root, 'recordings'), { recursive: true });
  await symlink(join(REPOSITORY, 'node_modules'), join(root, 'node_modules'));
  return {
    root,
    async addLesson(id, text, outputs) {
      const file = join(root, `content/lessons/${id}.mdx`);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
      if (outputs === undefined) return;
      const { lesson, problems } = parseLesson(text, `content/lessons/${id}.mdx`);
      if (lesson === undefined) throw new Error(JSON.stringify(problems));
      await writeRecording(root, lesson, outputs);
    },
    async addBrowserResult(id, steps) {
      const hashes = await sourceHashes(await readLesson(root, id));
      const tried = Object.entries(steps).map(([step, found]): [string, TriedStep] => [
        step,
        { ...found, source: hashes.get(step) ?? '' },
      ]);
      const result: BrowserResult = {
        schema: BROWSER_SCHEMA,
        lab: '',
        steps: Object.fromEntries(tried),
      };
      await writeFile(join(root, 'recordings', recordingPaths.browser(id)), JSON.stringify(result));
    },
    async build(env = {}) {
      // The lessons of a test have commands of their own: their help is recorded as well.
      if (lessons === 'none') await writeReference(root);
      return run(root, env);
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

/** The environment without what the test runner puts into it (BASE_URL, NODE_ENV…), which Astro would heed. */
export function cleanEnv(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const kept = ['PATH', 'HOME', 'TMPDIR'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(kept), ...more };
}

function run(
  root: string,
  env: Readonly<Record<string, string>>,
): Promise<{ status: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['scripts/build.ts', '--no-exports'], {
      cwd: root,
      env: cleanEnv(env),
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, output }));
  });
}

/** The help of the commands that the lessons of the copy use, if all can be read. */
export async function writeReference(root: string): Promise<void> {
  const { lessons } = readLessons(foldersOf(root).content, root);
  const reference = commandReference(lessons)?.lesson;
  if (reference === undefined) return;
  const outputs = stepsOf(reference).map(({ id }) => [id, ['Usage: as it says\r\n']] as const);
  await writeRecording(root, reference, Object.fromEntries(outputs));
}

/** Recording files as the recorder writes them, around outputs that a test chose. */
async function writeRecording(
  root: string,
  lesson: Lesson,
  outputs: Readonly<Record<string, readonly string[]>>,
): Promise<void> {
  const { id } = lesson;
  const hashes = await sourceHashes(lesson);
  const steps: Record<string, StepProof> = {};
  await mkdir(join(root, 'recordings', id), { recursive: true });
  for (const step of stepsOf(lesson)) {
    const events: CastEvent[] = [];
    const header: Cast['header'] = {
      version: 3,
      title: step.id,
      term: { cols: 80, rows: 24, type: 'xterm-256color' },
      env: {},
    };
    const commands: CommandProof[] = [];
    for (const [index, { lines }] of step.commands.entries()) {
      const from = (await replay({ header, events })).lines.length;
      events.push(
        [0.01, 'm', lines.join('\n')],
        [0.01, 'o', `$ ${lines.join('\r\n> ')}\r\n`],
        [0.01, 'o', outputs[step.id]?.[index] ?? ''],
      );
      const exit =
        typeof step.options.exit === 'number' && index === step.commands.length - 1
          ? step.options.exit
          : 0;
      commands.push({
        typed: lines.join('\n'),
        exit,
        ms: 1,
        shown: { from, to: from + lines.length },
      });
    }
    events.push([0, 'x', '0']);
    const cast = { header, events };
    await writeFile(join(root, 'recordings', recordingPaths.cast(id, step.id)), encodeCast(cast));
    await writeFile(
      join(root, 'recordings', recordingPaths.screen(id, step.id)),
      screenText(await replay(cast)),
    );
    steps[step.id] = {
      source: hashes.get(step.id) ?? '',
      recorded: '2026-01-01',
      engine: '28.5.2',
      commands,
      measured: {},
    };
  }
  const lab = {
    image: 'test',
    engine: '28.5.2',
    api: '1.51',
    containerd: '2',
    runc: '1',
    buildx: '0',
    compose: '2',
    store: 'containerd',
    kernel: '6',
    architecture: 'amd64',
    images: {},
  };
  const proof = encodeProof({
    schema: PROOF_SCHEMA,
    lesson: id,
    recorded: '2026-01-01',
    lab,
    steps,
  });
  await writeFile(join(root, 'recordings', recordingPaths.proof(id)), proof);
}

/** A recording file of the copy. */
export function readRecording(project: Project, path: string): Promise<string> {
  return readFile(join(project.root, 'recordings', path), 'utf8');
}
