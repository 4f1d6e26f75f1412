import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { cleanEnv } from '../../scripts/tools/fixtures/project.ts';

export const WORKFLOWS = fileURLToPath(new URL('../../.github/workflows/', import.meta.url));

export interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, string | boolean>>;
  readonly 'working-directory'?: string;
  readonly 'continue-on-error'?: boolean;
}

export interface Job {
  readonly if?: string;
  readonly needs?: string | readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly Step[];
}

export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

export function readWorkflow(name: string): Workflow {
  return parse(readFileSync(join(WORKFLOWS, `${name}.yml`), 'utf8')) as Workflow;
}

/** What expressions see, besides `steps`: github, matrix, needs, inputs, vars… */
export type Contexts = Readonly<Record<string, unknown>>;

export interface JobRun {
  /** The folder in which the job begins, empty for a job that checks out itself. */
  readonly folder: string;
  /** Artifacts stand here from job to job. */
  readonly artifacts: string;
  readonly contexts: Contexts;
  readonly env?: Readonly<Record<string, string>>;
  /** Does what `actions/checkout` would do with these inputs; nothing is done if absent. */
  readonly checkout?: (inputs: Readonly<Record<string, string>>) => void;
}

export interface JobResult {
  readonly result: 'success' | 'failure' | 'skipped';
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly output: string;
}

/**
 * Runs a job as GitHub's runner does: conditions and values through GitHub's own evaluator of
 * expressions, scripts with its flags of bash, outputs and summary through files. Of the actions it
 * knows those that move files.
 */
export async function runJob(job: Job, run: JobRun): Promise<JobResult> {
  const contexts: Record<string, unknown> = { ...run.contexts, steps: {} };
  const state = { failed: false };
  if (job.if !== undefined && !isTrue(job.if, contexts, state))
    return { result: 'skipped', outputs: {}, summary: '', output: '' };
  const files = {
    outputs: join(run.artifacts, '.outputs'),
    summary: join(run.artifacts, '.summary'),
  };
  mkdirSync(run.artifacts, { recursive: true });
  writeFileSync(files.summary, '');
  const steps: Record<string, { outputs: Record<string, string> }> = {};
  contexts['steps'] = steps;
  const atTheEnd: (() => void)[] = [];
  let output = '';
  const jobEnv = evaluateAll(job.env, contexts, state);
  for (const step of job.steps) {
    if (!isTrue(step.if ?? 'success()', contexts, state)) continue;
    if (step.uses !== undefined) {
      const inputs = evaluateAll(step.with, contexts, state);
      if (isAction(step, 'actions/cache')) atTheEnd.push(useCache(inputs, run));
      else useAction(step, inputs, run);
      continue;
    }
    writeFileSync(files.outputs, '');
    const script = step.run ?? '';
    if (script.includes('${{')) throw new Error(`an expression inside a script: ${script}`);
    const ran = await bash(script, join(run.folder, step['working-directory'] ?? '.'), {
      ...run.env,
      GITHUB_ACTIONS: 'true',
      GITHUB_OUTPUT: files.outputs,
      GITHUB_STEP_SUMMARY: files.summary,
      ...jobEnv,
      ...evaluateAll(step.env, contexts, state),
    });
    output += ran.output;
    if (step.id !== undefined) steps[step.id] = { outputs: readOutputs(files.outputs) };
    if (ran.status !== 0 && step['continue-on-error'] !== true) state.failed = true;
  }
  if (!state.failed) for (const post of atTheEnd) post();
  return {
    result: state.failed ? 'failure' : 'success',
    outputs: evaluateAll(job.outputs, contexts, state),
    summary: readFileSync(files.summary, 'utf8'),
    output,
  };
}

/** Evaluates all `${{ … }}` of a text. */
export function evaluate(text: string, contexts: Contexts, state = { failed: false }): string {
  return text.replaceAll(/\$\{\{(.*?)\}\}/gs, (_, expression: string) =>
    valueOf(expression.trim(), contexts, state).coerceString(),
  );
}

function evaluateAll(
  values: Readonly<Record<string, string | boolean>> | undefined,
  contexts: Contexts,
  state: { failed: boolean },
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values ?? {}).map(([name, value]) => [
      name,
      evaluate(String(value), contexts, state),
    ]),
  );
}

/** Whether a condition holds; one that asks for no status holds only as long as nothing failed. */
function isTrue(condition: string, contexts: Contexts, state: { failed: boolean }): boolean {
  const bare = condition.replace(/^\$\{\{(.*)\}\}$/s, '$1').trim();
  const asks = /\b(?:success|failure|cancelled|always)\(\)/.test(bare);
  const whole = asks ? bare : `success() && (${bare})`;
  const value = valueOf(whole, contexts, state);
  return !['', 'false', '0'].includes(value.coerceString());
}

function valueOf(expression: string, contexts: Contexts, state: { failed: boolean }) {
  const yes = (name: string, value: boolean) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(value),
  });
  const functions = [
    yes('success', !state.failed),
    yes('failure', state.failed),
    yes('cancelled', false),
    yes('always', true),
  ];
  const names = Object.keys(contexts);
  const { tokens } = new Lexer(expression).lex();
  const tree = new Parser(tokens, names, functions).parse();
  const values = JSON.parse(JSON.stringify(contexts), data.reviver) as data.Dictionary;
  return new Evaluator(tree, values, new Map(functions.map((one) => [one.name, one]))).evaluate();
}

function isAction({ uses = '' }: Step, action: string): boolean {
  return uses.startsWith(`${action}@`);
}

/**
 * Restores a folder, under its key or the first of an older one.
 * @returns what is done when the job has succeeded
 */
function useCache(inputs: Readonly<Record<string, string>>, { artifacts }: JobRun): () => void {
  const { path = '', key = '', 'restore-keys': prefix } = inputs;
  if (path === '' || key === '') throw new Error('actions/cache needs a path and a key');
  const kept = join(artifacts, '.cache');
  mkdirSync(kept, { recursive: true });
  const older = readdirSync(kept).find((name) => prefix !== undefined && name.startsWith(prefix));
  const found = existsSync(join(kept, key)) ? key : older;
  if (found !== undefined) cpSync(join(kept, found), path, { recursive: true });
  return () => {
    if (found !== key) cpSync(path, join(kept, key), { recursive: true });
  };
}

function useAction(step: Step, inputs: Readonly<Record<string, string>>, run: JobRun): void {
  const action = step.uses?.replace(/@.*/, '') ?? '';
  const paths = (inputs['path'] ?? '').split('\n').filter((path) => path !== '');
  switch (action) {
    case 'actions/checkout':
      run.checkout?.(inputs);
      return;
    case 'actions/upload-artifact': {
      const to = join(run.artifacts, inputs['name'] ?? '');
      rmSync(to, { recursive: true, force: true });
      mkdirSync(to, { recursive: true });
      for (const path of paths) {
        if (!existsSync(join(run.folder, path))) throw new Error(`there is no ${path} to upload`);
        // One folder is uploaded as what is in it; of several each keeps its name.
        cpSync(join(run.folder, path), paths.length === 1 ? to : join(to, path), {
          recursive: true,
        });
      }
      return;
    }
    case 'actions/download-artifact': {
      const from = inputs['name'];
      const to = join(run.folder, inputs['path'] ?? '.');
      if (from === undefined) cpSync(run.artifacts, to, { recursive: true });
      else cpSync(join(run.artifacts, from), to, { recursive: true });
      return;
    }
    case 'actions/upload-pages-artifact':
      cpSync(join(run.folder, paths[0] ?? ''), join(run.artifacts, 'github-pages'), {
        recursive: true,
      });
      return;
    default:
      throw new Error(`${action} does not run here`);
  }
}

function readOutputs(file: string): Record<string, string> {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf('=');
      return [line.slice(0, at), line.slice(at + 1)];
    }),
  );
}

/** As GitHub documents it for steps that name no shell. */
function bash(
  script: string,
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<{ status: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const flags = ['-e', '-c', script];
    const child = spawn('bash', flags, {
      cwd,
      env: cleanEnv(env),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, output }));
  });
}
