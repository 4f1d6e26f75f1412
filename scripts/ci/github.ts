import { Octokit } from '@octokit/core';
import { type Hosting, HostingError } from './hosting.ts';

export interface GitHubOptions {
  /** Address of the REST API, without a trailing slash. */
  readonly api: string;
  /** `OWNER/NAME`. */
  readonly repository: string;
  readonly token: string;
}

/**
 * GitHub through its REST API, with the types of requests and responses that GitHub publishes. Each
 * method throws {@link HostingError} if the request fails.
 */
export function gitHub({ api, repository, token }: GitHubOptions): Hosting {
  const [owner = '', repo = ''] = repository.split('/');
  const octokit = new Octokit({ auth: token, baseUrl: api });
  octokit.hook.error('request', (error, { method, url }) => {
    throw new HostingError(`${method} ${url}: ${error.message}`, { cause: error });
  });
  const where = { owner, repo };

  const pullOf = async (branch: string) => {
    const { data } = await octokit.request('GET /repos/{owner}/{repo}/pulls', {
      ...where,
      state: 'open',
      head: `${owner}:${branch}`,
    });
    return data[0];
  };
  const issueWith = async (label: string) => {
    const { data } = await octokit.request('GET /repos/{owner}/{repo}/issues', {
      ...where,
      state: 'open',
      labels: label,
    });
    // GitHub also lists pull requests as issues.
    return data.find((issue) => issue.pull_request === undefined);
  };

  return {
    async openPullRequest({ branch, base, title, body }) {
      const open = await pullOf(branch);
      if (open === undefined) {
        const { data } = await octokit.request('POST /repos/{owner}/{repo}/pulls', {
          ...where,
          head: branch,
          base,
          title,
          body,
        });
        return { url: data.html_url, updated: false };
      }
      const { data } = await octokit.request('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', {
        ...where,
        pull_number: open.number,
        title,
        body,
      });
      return { url: data.html_url, updated: true };
    },
    async closePullRequest(branch) {
      const open = await pullOf(branch);
      if (open === undefined) return;
      await octokit.request('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', {
        ...where,
        pull_number: open.number,
        state: 'closed',
      });
    },
    async openIssue({ label, title, body }) {
      const open = await issueWith(label);
      if (open === undefined) {
        const { data } = await octokit.request('POST /repos/{owner}/{repo}/issues', {
          ...where,
          title,
          body,
          labels: [label],
        });
        return { url: data.html_url, updated: false };
      }
      const { data } = await octokit.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', {
        ...where,
        issue_number: open.number,
        title,
        body,
      });
      return { url: data.html_url, updated: true };
    },
    async closeIssue(label) {
      const open = await issueWith(label);
      if (open === undefined) return;
      await octokit.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', {
        ...where,
        issue_number: open.number,
        state: 'closed',
        state_reason: 'completed',
      });
    },
    async startWorkflow(file, branch) {
      await octokit.request(
        'POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches',
        {
          ...where,
          workflow_id: file,
          ref: branch,
        },
      );
    },
  };
}
