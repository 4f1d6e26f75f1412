import { Octokit } from '@octokit/core';
import { CiError } from './error.ts';

export interface GitHubOptions {
  /** Address of the REST API, without a trailing slash. */
  readonly api: string;
  /** `OWNER/NAME`. */
  readonly repository: string;
  readonly token: string;
}

/** A pull request or an issue that was opened or updated. */
export interface Opened {
  readonly url: string;
  readonly updated: boolean;
}

/** What CI needs from the repository on GitHub. */
export type GitHub = ReturnType<typeof gitHub>;

/**
 * GitHub through its REST API, with the types of requests and responses that GitHub publishes. Each
 * method throws {@link CiError} if the request fails.
 */
export function gitHub({ api, repository, token }: GitHubOptions) {
  const [owner = '', repo = ''] = repository.split('/');
  const octokit = new Octokit({ auth: token, baseUrl: api });
  octokit.hook.error('request', (error, { method, url }) => {
    throw new CiError(`${method} ${url}: ${error.message}`, { cause: error });
  });
  const { request } = octokit;
  const where = { owner, repo };

  const pullOf = async (branch: string) => {
    const of = { ...where, state: 'open', head: `${owner}:${branch}` } as const;
    return (await request('GET /repos/{owner}/{repo}/pulls', of)).data[0];
  };
  const issueWith = async (label: string) => {
    const of = { ...where, state: 'open', labels: label } as const;
    const { data } = await request('GET /repos/{owner}/{repo}/issues', of);
    // GitHub also lists pull requests as issues.
    return data.find((issue) => issue.pull_request === undefined);
  };
  const changePull = async (pull_number: number, change: Change) => {
    const of = { ...where, ...change, pull_number };
    return (await request('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', of)).data;
  };
  const changeIssue = async (issue_number: number, change: Change) => {
    const of = { ...where, ...change, issue_number };
    return (await request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', of)).data;
  };

  return {
    /** Opens a pull request of a branch for `base`, or updates the one that is open. */
    async openPullRequest(branch: string, base: string, text: Text): Promise<Opened> {
      const open = await pullOf(branch);
      if (open) return opened(await changePull(open.number, text), true);
      const of = { ...where, ...text, head: branch, base };
      return opened((await request('POST /repos/{owner}/{repo}/pulls', of)).data, false);
    },
    /** Closes the pull request of a branch, if one is open. */
    async closePullRequest(branch: string): Promise<void> {
      const open = await pullOf(branch);
      if (open) await changePull(open.number, { state: 'closed' });
    },
    /** Opens an issue with a label, or updates the one that is open with that label. */
    async openIssue(label: string, text: Text): Promise<Opened> {
      const open = await issueWith(label);
      if (open) return opened(await changeIssue(open.number, text), true);
      const of = { ...where, ...text, labels: [label] };
      return opened((await request('POST /repos/{owner}/{repo}/issues', of)).data, false);
    },
    /** Closes the issue with a label, if one is open. */
    async closeIssue(label: string): Promise<void> {
      const open = await issueWith(label);
      if (open) await changeIssue(open.number, { state: 'closed' });
    },
    /** Starts a workflow on a branch, because a push by CI does not start any. */
    async startWorkflow(workflow_id: string, ref: string): Promise<void> {
      const name = 'POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches';
      await request(name, { ...where, workflow_id, ref });
    },
  };
}

interface Text {
  readonly title: string;
  /** Markdown. */
  readonly body: string;
}
type Change = Text | { readonly state: 'closed' };

function opened({ html_url }: { readonly html_url: string }, updated: boolean): Opened {
  return { url: html_url, updated };
}
