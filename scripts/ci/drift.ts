import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { counted } from '../../src/core/lesson/counted.ts';
import { parseProof } from '../../src/core/recording/proof.ts';
import { parseVariant } from '../../src/core/recording/variant.ts';
import { CiError } from './error.ts';
import { git } from './git.ts';
import type { GitHub, Opened } from './github.ts';
import { asMarkdown, headline } from './markdown.ts';
import { ENGINE_RECORDINGS, lessonsIn } from './patch.ts';
import { dropBranch, pushBranch } from './push.ts';
import { readResults, type Result } from './result.ts';

/** The branch of the pull request and the label of the issue. */
const BRANCH = 'drift';
const LABEL = 'drift';

export interface DriftOptions {
  /** A checkout of the branch whose lessons were run. */
  readonly folder: string;
  /** Folder with `result.json` and `recordings.patch` of the run. */
  readonly out: string;
  readonly base: string;
  readonly run: string;
  readonly gitHub: GitHub;
}

/**
 * Reports what another Engine prints: one pull request has the recordings that differ, one issue
 * lists the lessons that fail. Both are updated if they exist, and closed if nothing is left to
 * report.
 * @returns the pull request and the issue, if any
 * @throws {CiError} if the run ended too early
 */
export async function reportDrift(options: DriftOptions): Promise<Opened[]> {
  const { folder, gitHub, out } = options;
  const result = await readResults(out);
  if (![0, 10, 20, 30, 40].includes(result.status))
    throw new CiError(
      `the run ended with ${result.status}, so its results say nothing about the Engine`,
    );
  const failed = result.failures.length > 0;
  const issue = failed ? [await gitHub.openIssue(LABEL, issueOf(result, options))] : [];
  if (!failed) await gitHub.closeIssue(LABEL);
  const patch = join(out, 'recordings.patch');
  if (statSync(patch, { throwIfNoEntry: false })?.size)
    return [await propose(patch, result, options), ...issue];
  // Lessons that failed may have printed something else, so an open pull request stays.
  if (!failed) {
    await gitHub.closePullRequest(BRANCH);
    await dropBranch(folder, BRANCH);
  }
  return issue;
}

async function propose(
  patch: string,
  result: Result,
  { folder, base, run, gitHub }: DriftOptions,
): Promise<Opened> {
  const title = await pushBranch(folder, {
    branch: BRANCH,
    patch,
    scope: ENGINE_RECORDINGS,
    async message(paths) {
      const lessons = lessonsIn(paths);
      const { before, now } = await enginesOf(folder, paths);
      const other = before.length === 0 ? '' : ` differs from ${before.join(', ')}`;
      return `The output of Docker Engine ${now.join(', ')}${other} in ${counted(lessons.length, 'lesson')}`;
    },
  });
  const body = [
    `${headline(result)}.\n`,
    'Every difference below was recorded from a real Engine. Read the differences, correct the ' +
      'prose of the lessons where it no longer matches, and merge. If a difference is only ' +
      'noise, add a mask (see CONTRIBUTING.md).\n',
    asMarkdown(result, run),
    `The run and its report: ${run}`,
  ].join('\n');
  const opened = await gitHub.openPullRequest(BRANCH, base, { title, body });
  await gitHub.startWorkflow('ci.yml', BRANCH);
  return opened;
}

function issueOf(result: Result, { run }: DriftOptions) {
  const lessons = [...new Set(result.failures.map(({ lesson }) => lesson))];
  const failing = lessons.length === 1 ? '1 lesson fails' : `${lessons.length} lessons fail`;
  return {
    title: `With another Docker Engine, ${failing}: ${lessons.slice(0, 5).join(', ')}`,
    body: [
      `${headline(result)}.\n`,
      asMarkdown({ ...result, steps: [] }, run),
      `The run and its report: ${run}`,
    ].join('\n'),
  };
}

/**
 * The versions of the Engines in some proofs, without duplicates: `before` in the commit, `now` in
 * the working folder.
 */
async function enginesOf(folder: string, paths: readonly string[]) {
  const [before, now] = [new Set<string>(), new Set<string>()];
  for (const path of paths.filter((path) => path.endsWith('/proof.json'))) {
    const text = await git(folder, ['show', `HEAD:${path}`]).catch(() => undefined);
    if (text !== undefined) before.add(engineIn(path, text));
    const file = join(folder, path);
    if (existsSync(file)) now.add(engineIn(path, readFileSync(file, 'utf8')));
  }
  return { before: [...before].sort(), now: [...now].sort() };
}

function engineIn(path: string, proof: string): string {
  const parse = path.split('/').includes('engines') ? parseVariant : parseProof;
  return parse(proof).lab.engine;
}
