/** A stretch of a search result's text; `hit` if it is what was searched for. */
export interface ExcerptPiece {
  readonly text: string;
  readonly hit: boolean;
}

/**
 * Reads Pagefind's excerpt (HTML: entities, and `<mark>` around each hit) as plain texts. The text comes from
 * recordings: it is never put into the page as HTML.
 */
export function pieces(excerpt: string): ExcerptPiece[] {
  return excerpt
    .split(/(<mark>.*?<\/mark>)/s)
    .map((part) => {
      const marked = /^<mark>(.*)<\/mark>$/s.exec(part)?.[1];
      return { text: decode(marked ?? part), hit: marked !== undefined };
    })
    .filter(({ text }) => text !== '');
}

const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  amp: '&',
  '#39': "'",
  '#x27': "'",
};

function decode(text: string): string {
  return text.replace(
    /&(lt|gt|quot|amp|#39|#x27);/g,
    (_entity, name: string) => ENTITIES[name] ?? '',
  );
}
