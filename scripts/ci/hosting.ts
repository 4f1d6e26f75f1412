/** What CI needs from the site that hosts the repository. */
export interface Hosting {
  /** Opens a pull request for a branch, or updates the one that is open. */
  openPullRequest(request: PullRequest): Promise<Opened>;
  /** Closes the pull request of a branch, if one is open. */
  closePullRequest(branch: string): Promise<void>;
  /** Opens an issue with a label, or updates the one that is open with that label. */
  openIssue(issue: Issue): Promise<Opened>;
  /** Closes the issue with a label, if one is open. */
  closeIssue(label: string): Promise<void>;
  /** Starts a workflow on a branch, because a push by CI does not start any. */
  startWorkflow(file: string, branch: string): Promise<void>;
}

export interface PullRequest {
  readonly branch: string;
  /** The branch that it is to be merged into. */
  readonly base: string;
  readonly title: string;
  /** Markdown. */
  readonly body: string;
}

export interface Issue {
  /** Identifies the issue. */
  readonly label: string;
  readonly title: string;
  /** Markdown. */
  readonly body: string;
}

/** A pull request or an issue that was opened or updated. */
export interface Opened {
  readonly url: string;
  /** Whether it was open before. */
  readonly updated: boolean;
}

/** The hosting site did not do what was asked. */
export class HostingError extends Error {
  override readonly name = 'HostingError';
}
