/**
 * Masks: named rules for text that rightly differs between two runs of the same commands. They serve
 * to compare (masked screens are equal or it is drift) and to tell a reader which parts of the output
 * will differ on their machine. What is published is never masked.
 *
 * To add one: an entry below. Its example is tested by itself: the pattern must match exactly the part
 * between ⟦ and ⟧, and changing a character beside it must be reported as drift.
 */
export interface Mask {
  /** Global; matches within one line; the whole match is what differs. */
  readonly pattern: RegExp;
  /** Shown to a reader: "yours will differ: …". */
  readonly why: string;
  /** Lines with the masked part between ⟦ and ⟧. */
  readonly examples: readonly string[];
}
