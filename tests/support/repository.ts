import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import { Remote } from './checkout.ts';
import { type FakeGitHub, fakeGitHub } from './github.ts';
import { type Contexts, type JobResult, readWorkflow, runJob, type Step } from './workflow.ts';

export const REPOSITORY = 'somebody/you-like-docker';
const TOKEN = 'a-token-of-this-test';
export const GITHUB = {
  repository: REPOSITORY,
  token: TOKEN,
  server_url: 'https://github.com',
  actor: 'somebody',
  ref: 'refs/heads/main',
  ref_name: 'main',
};

/** A repository on a GitHub of this machine, and the jobs of its workflows; empty before a test. */
export class Repository {
  remote!: Remote;
  github!: FakeGitHub;

  /** The folder of the artifacts of all jobs. */
  get artifacts(): string {
    return join(this.remote.folder, 'artifacts');
  }

  /** Replaces the content of the repository. */
  restore(remote: Remote): void {
    this.remote.remove();
    this.remote = remote.copy();
  }

  /** Runs a job of a workflow in a checkout. */
  job(
    workflow: string,
    name: string,
    folder: string,
    more: {
      contexts?: Contexts;
      env?: Record<string, string>;
      checkout?: (inputs: Readonly<Record<string, string>>) => void;
      steps?: (step: Step) => Step;
    } = {},
  ): Promise<JobResult> {
    const found = readWorkflow(workflow).jobs[name];
    if (found === undefined) throw new Error(`${workflow} has no job ${name}`);
    // Most repositories of the tests have no other Engine, and no recordings of one.
    const hasEngines = existsSync(join(folder, 'recordings/engines.json'));
    const steps = found.steps.filter(({ run = '' }) => hasEngines || !run.includes('--engine 29'));
    return runJob(
      { ...found, steps: steps.map(more.steps ?? ((step) => step)) },
      {
        folder,
        artifacts: this.artifacts,
        contexts: { github: GITHUB, inputs: { image: '' }, ...more.contexts },
        env: {
          GITHUB_REPOSITORY: REPOSITORY,
          GITHUB_RUN_ID: '4711',
          GITHUB_API_URL: this.github.api,
          // How to reach the Engine of the tests.
          ...kept('XDG_CACHE_HOME', 'DOCKER_HOST'),
          ...more.env,
        },
        ...(more.checkout && { checkout: more.checkout }),
      },
    );
  }

  /** The contexts of a pull request's event. */
  pullRequest(head: string, branch: string, from = REPOSITORY) {
    const { remote } = this;
    const base = { sha: remote.git(remote.bare, 'rev-parse', 'main').trim(), ref: 'main' };
    const pull_request = {
      number: 7,
      base,
      head: { sha: head, ref: branch, repo: { full_name: from } },
    };
    return { github: { ...GITHUB, event: { pull_request } } };
  }

  /**
   * Runs the job that pushes recordings as GitHub does: the scripts of the other branch in one
   * folder, the branch in another.
   */
  push(contexts: Contexts): Promise<JobResult> {
    const pushing = join(this.remote.folder, 'pushing');
    mkdirSync(pushing);
    return this.job('record', 'push', pushing, {
      contexts,
      checkout: ({ path = '', ref = '' }) => {
        this.remote.clone(join('pushing', path)).git('checkout', '--quiet', '--detach', ref);
      },
    });
  }
}

/**
 * An empty repository for each test of a file. Also tests that all requests are such as the
 * published description of GitHub allows.
 */
export function useRepository(): Repository {
  const repository = new Repository();
  beforeEach(async () => {
    repository.remote = new Remote();
    repository.github = await fakeGitHub(REPOSITORY, TOKEN);
  });
  afterEach(async () => {
    expect(repository.github.faults).toEqual([]);
    await repository.github.close();
    repository.remote.remove();
  });
  return repository;
}

function kept(...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
