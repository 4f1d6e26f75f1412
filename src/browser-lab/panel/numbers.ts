/** Formats bytes as megabytes with one decimal. */
export function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

/** Formats milliseconds as whole seconds. */
export function seconds(milliseconds: number): string {
  return String(Math.floor(milliseconds / 1000));
}
