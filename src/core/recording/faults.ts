import { z } from 'astro/zod';

/** What a schema finds wrong with a value, each fault with the field that it is in. */
export function faultsOf({ issues }: z.ZodError): string {
  return issues
    .map(({ path, message }) =>
      path.length === 0 ? message : `${z.core.toDotPath(path)}: ${message}`,
    )
    .join('; ');
}
