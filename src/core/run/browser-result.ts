import type { Ending, StatusFault, StepFault, UnmetFault } from './step-result.ts';

/**
 * `browser.json` beside a lesson's recordings: which of its steps run in the browser lab, as a headless run of the lesson there has
 * found. Generated and committed.
 */
export interface BrowserResult {
  readonly schema: typeof BROWSER_SCHEMA;
  /** Hash of what the lab was built from. */
  readonly lab: string;
  /** By step id. */
  readonly steps: Readonly<Record<string, TriedStep>>;
}

export const BROWSER_SCHEMA = 2;

/** A step that was tried. */
export type TriedStep = StepInBrowser & {
  /** Source hash of the step as it was tried. */
  readonly source: string;
};

export type StepInBrowser =
  { readonly runs: true } | { readonly runs: false; readonly why: Refusal };

/** Why a step does not run in the browser lab. */
export type Refusal =
  /** Its lesson wants a lab with other programs. */
  | { readonly kind: 'programs' }
  /** Its lesson wants images that are not there. */
  | { readonly kind: 'images'; readonly images: readonly string[] }
  /** It wants something from the network. */
  | { readonly kind: 'network' }
  | BriefFault
  /** It was never tried, or not since it changed. */
  | { readonly kind: 'untried' };

/** As much of a fault as is kept. */
export type BriefFault =
  | Pick<StatusFault, 'kind' | 'wanted' | 'got'>
  | { readonly kind: 'ended'; readonly how: Ending['how'] }
  | UnmetFault;

/** A fault without what only the author of a lesson would ask for. */
export function briefFault(fault: StepFault): BriefFault {
  switch (fault.kind) {
    case 'status':
      return { kind: 'status', wanted: fault.wanted, got: fault.got };
    case 'ended':
      return { kind: 'ended', how: fault.how };
    case 'unmet':
      return { kind: 'unmet', unmet: fault.unmet };
  }
}

/**
 * Reads it.
 * @throws {Error} if the text is none of this schema
 */
export function parseBrowserResult(text: string): BrowserResult {
  const value = JSON.parse(text) as Partial<BrowserResult> | null;
  if (value?.schema !== BROWSER_SCHEMA || typeof value.steps !== 'object')
    throw new Error(
      `not a result of the browser lab of schema ${BROWSER_SCHEMA}: \`npm run vm -- --try\` writes it anew`,
    );
  return value as BrowserResult;
}

/**
 * What is known of a step as it is now.
 * @param source its source hash
 */
export function inBrowser(
  result: BrowserResult | undefined,
  id: string,
  source: string | undefined,
): StepInBrowser {
  const tried = result?.steps[id];
  if (tried === undefined || tried.source !== source)
    return { runs: false, why: { kind: 'untried' } };
  return tried.runs ? { runs: true } : { runs: false, why: tried.why };
}
