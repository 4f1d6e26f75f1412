/**
 * The Content-Security-Policy of a page; docs/security.md explains each directive.
 * @param scripts hashes of the scripts in the page itself
 * @param styles hashes of the style sheets in the page itself
 */
export function contentSecurityPolicy(
  scripts: readonly string[],
  styles: readonly string[],
): string {
  const directives: Readonly<Record<string, readonly string[]>> = {
    'default-src': ["'none'"],
    // The player's terminal and the search are WebAssembly.
    'script-src': ["'self'", "'wasm-unsafe-eval'", ...scripts.map(quoted)],
    'style-src': ["'self'", ...styles.map(quoted)],
    'connect-src': ["'self'"],
    'img-src': ["'self'"],
    'worker-src': ["'self'"],
    // Only the pane of the browser lab, which is sandboxed.
    'frame-src': ["'self'"],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, sources]) => [name, ...sources].join(' '))
    .join('; ');
}

function quoted(hash: string): string {
  return `'${hash}'`;
}
