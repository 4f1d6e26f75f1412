import { z } from 'astro/zod';

/** Formats what a schema finds wrong with a value, each fault with its field. */
export function faultsOf({ issues }: z.ZodError): string {
  return issues
    .map(({ path, message }) =>
      path.length === 0 ? message : `${z.core.toDotPath(path)}: ${message}`,
    )
    .join('; ');
}
