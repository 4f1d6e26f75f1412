/** The file `pasted.json` of a language: what comparing needs that the pages do not contain. */
export interface PublishedData {
  /** Known errors, in the order in which they are looked for. */
  readonly errors: readonly PublishedError[];
  /** The masks that lessons declare, by lesson. */
  readonly masks: Readonly<Record<string, readonly PublishedMask[]>>;
}

/** A known error; code in its texts is in backticks. */
export interface PublishedError {
  readonly id: string;
  /** Source of a regular expression, which ignores case. */
  readonly find: string;
  readonly means: string;
  readonly do: string;
  /** Language of both texts. */
  readonly language: string;
  readonly source: string;
  /** The first step that shows it, as LESSON#STEP. */
  readonly step?: string | undefined;
}

export interface PublishedMask {
  readonly name: string;
  readonly pattern: string;
  readonly why: string;
}
