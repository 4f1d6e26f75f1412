import { join } from 'node:path';
import { close, createIndex } from 'pagefind';

/** What belongs to a terminal and is not what was typed or printed in it. */
const AROUND = ['.step > figcaption', '.step > .foot', '.step > .legend'];

/**
 * Writes the search index of a built site. A page is one entry; its sections and its steps are places in it, so that
 * a command leads to the terminal that shows it. The recorded help of commands is not indexed: who searches for a
 * command wants to see it used.
 * @param dist folder of the built site; the index goes to its folder `pagefind`
 * @returns the number of pages
 */
export async function writeSearchIndex(dist: string): Promise<number> {
  try {
    const created = await createIndex({ excludeSelectors: AROUND });
    if (created.index === undefined) throw new Error(`Pagefind: ${created.errors.join('; ')}`);
    const pages = checked(await created.index.addDirectory({ path: dist })).page_count;
    checked(await created.index.writeFiles({ outputPath: join(dist, 'pagefind') }));
    return pages;
  } finally {
    await close();
  }
}

function checked<T extends { readonly errors: readonly string[] }>(answer: T): T {
  if (answer.errors.length > 0) throw new Error(`Pagefind: ${answer.errors.join('; ')}`);
  return answer;
}
