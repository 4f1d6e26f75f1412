import type { Ending, StatusFault, StepFault, UnmetFault } from './step-result.ts';

/**
 * `browser.json` beside a lesson's recordings: which of its steps run in the browser lab, as found
 * by a headless run of the lesson. Generated and committed.
 */
export interface BrowserResult {
  readonly schema: typeof BROWSER_SCHEMA;
  /** Hash of the inputs of the lab. */
  readonly lab: string;
  /** By step id. */
  readonly steps: Readonly<Record<string, TriedStep>>;
}

export const BROWSER_SCHEMA = 2;

/** A step that was tried. */
export type TriedStep = StepInBrowser & {
  /** Source hash of the step when it was tried. */
  readonly source: string;
};

export type StepInBrowser =
  { readonly runs: true } | { readonly runs: false; readonly why: SkipReason };

/** Why a step does not run in the browser lab. */
export type SkipReason =
  /** Its lesson requires a lab with other programs. */
  | { readonly kind: 'programs' }
  /** Its lesson requires images that the browser lab does not have. */
  | { readonly kind: 'images'; readonly images: readonly string[] }
  /** It needs the network. */
  | { readonly kind: 'network' }
  | BriefFault
  /** It was not tried since it changed, or never. */
  | { readonly kind: 'untried' };

/** The parts of a fault that are stored. */
export type BriefFault =
  | Pick<StatusFault, 'kind' | 'wanted' | 'got'>
  | { readonly kind: 'ended'; readonly how: Ending['how'] }
  | UnmetFault;

/** Removes details of a fault that matter only to the author of a lesson. */
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
 * Parses `browser.json`.
 * @throws {Error} if the text does not have this schema version
 */
export function parseBrowserResult(text: string): BrowserResult {
  const value = JSON.parse(text) as Partial<BrowserResult> | null;
  if (value?.schema !== BROWSER_SCHEMA || typeof value.steps !== 'object')
    throw new Error(
      `not a browser lab result of schema ${BROWSER_SCHEMA}: run \`npm run vm -- --try\` to rewrite it`,
    );
  return value as BrowserResult;
}

/**
 * The result of a step, if it is current.
 * @param source source hash of the step
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
