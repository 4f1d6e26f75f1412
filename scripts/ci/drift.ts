import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { enginesOf } from './engines.ts';
import type { Hosting, Opened } from './hosting.ts';
import { asMarkdown, headline } from './markdown.ts';
import { lessonsIn, RECORDINGS } from './patch.ts';
import { dropBranch, pushBranch } from './push.ts';
import { readResults, ResultError, type Result } from './result.ts';

/** The one branch and the one issue of drift. */
const BRANCH = 'drift';
const LABEL = 'drift';

export interface DriftOptions {
  /** A checkout of the branch for which the lessons were played. */
  readonly folder: string;
  /** `result.json` and `recordings.patch` of the run. */
  readonly out: string;
  readonly base: string;
  /** Where the whole run can be read. */
  readonly run: string;
  readonly hosting: Hosting;
}

/** What became of a run with another Engine. */
export interface Drift {
  readonly pullRequest?: Opened;
  readonly issue?: Opened;
}

/**
 * Tells of what another Engine prints: one pull request with the recordings that differ, one issue with the
 * lessons that fail. What there is already is brought up to date, and closed when nothing is left of it.
 * @throws {ResultError} if the run ended too early to tell
 */
export async function tellDrift(options: DriftOptions): Promise<Drift> {
  const { folder, hosting, out } = options;
  const result = await readResults(out);
  if (![0, 10, 20, 30, 40].includes(result.status))
    throw new ResultError(`the run ended with ${result.status}: it tells nothing of the Engine`);
  const failed = result.failures.length > 0;
  const issue = failed ? await hosting.openIssue(issueOf(result, options)) : undefined;
  if (!failed) await hosting.closeIssue(LABEL);
  const patch = join(out, 'recordings.patch');
  if (await isFilled(patch))
    return { pullRequest: await propose(patch, result, options), ...(issue && { issue }) };
  // Lessons that failed may have printed something else: what was proposed of them stays.
  if (!failed) {
    await hosting.closePullRequest(BRANCH);
    await dropBranch(folder, BRANCH);
  }
  return issue ? { issue } : {};
}

async function propose(
  patch: string,
  result: Result,
  { folder, base, run, hosting }: DriftOptions,
): Promise<Opened> {
  const title = await pushBranch(folder, {
    branch: BRANCH,
    patch,
    scope: RECORDINGS,
    async message(paths) {
      const lessons = lessonsIn(paths);
      const { before, now } = await enginesOf(folder, lessons);
      return `Docker Engine ${now.join(', ')} prints something else than ${before.join(', ')} in ${lessons.length === 1 ? '1 lesson' : `${lessons.length} lessons`}`;
    },
  });
  const body = [
    `${headline(result)}.\n`,
    'Every difference below was recorded from a real Engine. Read it, correct the prose of the lessons where it says otherwise, and merge; a difference that is only noise wants a mask (see CONTRIBUTING.md).\n',
    asMarkdown(result, run),
    `The run with its report: ${run}`,
  ].join('\n');
  const opened = await hosting.openPullRequest({ branch: BRANCH, base, title, body });
  await hosting.startWorkflow('ci.yml', BRANCH);
  return opened;
}

function issueOf(result: Result, { run }: DriftOptions) {
  const lessons = [...new Set(result.failures.map(({ lesson }) => lesson))];
  return {
    label: LABEL,
    title: `With another Docker Engine ${lessons.length === 1 ? 'a lesson fails' : `${lessons.length} lessons fail`}: ${lessons.slice(0, 5).join(', ')}`,
    body: [
      `${headline(result)}.\n`,
      asMarkdown({ ...result, steps: [] }, run),
      `The run with its report: ${run}`,
    ].join('\n'),
  };
}

async function isFilled(file: string): Promise<boolean> {
  return stat(file).then(
    ({ size }) => size > 0,
    () => false,
  );
}
