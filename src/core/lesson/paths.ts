/** Whether a path stays inside the folder that it is relative to, and has plain names only. */
export function isInside(path: string): boolean {
  return (
    /^[\w.-]+(\/[\w.-]+)*$/.test(path) &&
    !path.split('/').some((part) => part === '..' || part === '.')
  );
}
