/**
 * `browser.json` beside a lesson's recordings: which of its steps run in the browser lab, as a headless play of the lesson there has
 * found. Generated and committed.
 */
export interface BrowserResult {
  readonly schema: typeof BROWSER_SCHEMA;
  /** By step id. */
  readonly steps: Readonly<Record<string, StepInBrowser>>;
}

export const BROWSER_SCHEMA = 1;

export type StepInBrowser =
  { readonly runs: true } | { readonly runs: false; readonly why: string };

/**
 * Reads it.
 * @throws {Error} if the text is none of this schema
 */
export function parseBrowserResult(text: string): BrowserResult {
  const value = JSON.parse(text) as Partial<BrowserResult> | null;
  if (value?.schema !== BROWSER_SCHEMA || typeof value.steps !== 'object')
    throw new Error(`not a result of the browser lab of schema ${BROWSER_SCHEMA}`);
  return value as BrowserResult;
}
