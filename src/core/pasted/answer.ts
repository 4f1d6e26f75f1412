/** A step as a page shows it for readers with some of the Engines. */
export interface ExpectedScreen {
  /** The Engines that print this, such as `28`. */
  readonly engines: readonly string[];
  /** In order; the first may have an empty `typed` if something was printed before it. */
  readonly commands: readonly ExpectedCommand[];
}

/** What is typed, and the lines that are printed next. */
export interface ExpectedCommand {
  readonly typed: string;
  readonly output: readonly string[];
}

/** A step that pasted text is compared with. */
export interface ExpectedStep {
  readonly id: string;
  /** One screen for each group of Engines that print the same, the reader's own first. */
  readonly screens: readonly ExpectedScreen[];
}

/** A message that is explained wherever it occurs. */
export interface KnownMessage {
  readonly id: string;
  /** Found in a text whose blanks and line ends are single blanks. */
  readonly pattern: RegExp;
}

/** A difference that is none: the lesson says that this part can be anything. */
export interface Allowed {
  /** The reason that the mask gives; absent if what differs is that an image was pulled. */
  readonly why?: string;
  readonly expected: string;
  readonly found: string;
}

/** The first line that differs. Absent lines are missing on that side. */
export interface Difference {
  readonly expected?: string;
  readonly found?: string;
}

/** How pasted text compares with a step. */
export type Answer =
  /** The step prints this. `isPart` if the step prints more. */
  | { readonly kind: 'same'; readonly isPart: boolean }
  | { readonly kind: 'allowed'; readonly isPart: boolean; readonly differing: readonly Allowed[] }
  /** What these Engines print, but not the one that the page shows to the reader. */
  | { readonly kind: 'engine'; readonly engines: readonly string[] }
  /** The first difference from the most similar screen. */
  | {
      readonly kind: 'different';
      readonly difference: Difference;
      /** The Engines of that screen, if it is not the one that the page shows to the reader. */
      readonly engines?: readonly string[];
    }
  /** A known error. `isShown` if the step shows it as well, in other words. */
  | { readonly kind: 'error'; readonly error: string; readonly isShown: boolean }
  /** Nothing of this step, but perhaps what another step prints. */
  | { readonly kind: 'nothing'; readonly step?: string };
