/** Bytes in millions, with a digit behind the point. */
export function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

/** Milliseconds in seconds, whole ones. */
export function seconds(milliseconds: number): string {
  return String(Math.floor(milliseconds / 1000));
}
