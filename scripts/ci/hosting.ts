/** What CI asks of the place where the repository is hosted. */
export interface Hosting {
  /** Opens a pull request for a branch, or brings the one that is open up to date. */
  openPullRequest(request: PullRequest): Promise<Opened>;
  /** Closes the pull request of a branch, if one is open. */
  closePullRequest(branch: string): Promise<void>;
  /** Opens an issue with a label, or brings the one that is open with it up to date. */
  openIssue(issue: Issue): Promise<Opened>;
  /** Closes the issue with a label, if one is open. */
  closeIssue(label: string): Promise<void>;
  /** Starts a workflow on a branch: what CI itself pushes starts none. */
  startWorkflow(file: string, branch: string): Promise<void>;
}

export interface PullRequest {
  readonly branch: string;
  /** The branch that it is meant for. */
  readonly base: string;
  readonly title: string;
  /** Markdown. */
  readonly body: string;
}

export interface Issue {
  /** By it the issue is found again. */
  readonly label: string;
  readonly title: string;
  /** Markdown. */
  readonly body: string;
}

/** What stands on the site now. */
export interface Opened {
  readonly url: string;
  /** Whether it was there before. */
  readonly updated: boolean;
}

/** The hosting site did not do what was asked. */
export class HostingError extends Error {
  override readonly name = 'HostingError';
}
