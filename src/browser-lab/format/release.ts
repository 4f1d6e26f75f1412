/** The browser lab of the last release, as committed after it was published. */
export interface Release {
  /** Address of the archive. */
  readonly url: string;
  /** Size of the archive. */
  readonly bytes: number;
  /** Of the archive, in hexadecimal digits. */
  readonly sha256: string;
  /** Day (UTC, `YYYY-MM-DD`) on which the state in it was saved. */
  readonly built: string;
}

/** Path of the file that names the last release, in the project. */
export const RELEASE_FILE = 'scripts/browser-lab/release.json';
