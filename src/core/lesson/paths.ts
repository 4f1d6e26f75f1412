/** Whether a relative path stays inside its base folder and consists of plain names. */
export function isInside(path: string): boolean {
  return (
    /^[\w.-]+(\/[\w.-]+)*$/.test(path) &&
    !path.split('/').some((part) => part === '..' || part === '.')
  );
}
