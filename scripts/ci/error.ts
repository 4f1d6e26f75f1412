/** A step of CI failed for a reason outside this program; the message says which. */
export class CiError extends Error {
  override readonly name = 'CiError';
}
