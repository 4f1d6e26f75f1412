/** A built lesson page, cut where the bare site inserts its own text. All parts are HTML. */
export interface CutPage {
  /** The head without style sheets, whose addresses differ between the sites. */
  readonly head: string;
  /** From the start of the body to the text of the lesson. */
  readonly before: string;
  /** The header of the lesson, at the start of the text. */
  readonly opening: string;
  /** The terminals, in order. */
  readonly terminals: readonly string[];
  /** The end of the text: its commands, its proof. */
  readonly after: string;
  /** From there to the scripts. */
  readonly end: string;
}

/**
 * Cuts the page of a generated lesson.
 * @throws {Error} if a part is missing
 */
export function cutPage(html: string): CutPage {
  const part = (pattern: RegExp) => {
    const found = pattern.exec(html)?.[1];
    if (found === undefined) throw new Error(`a built lesson page has no part ${String(pattern)}`);
    return found;
  };
  return {
    head: part(/<head>([^]*?)<\/head>/).replace(/<link rel="stylesheet"[^>]*>/g, ''),
    before: part(/<body>([^]*?)<article/),
    opening: part(/(<header class="opening">[^]*?<\/header>)/),
    terminals: html.match(/<figure class="step[^]*?<\/figure>/g) ?? [],
    after: part(/(<div class="alone"><section class="commands"[^]*)<\/article>/),
    end: part(/<\/article>([^]*?)\s*<script type="module"/),
  };
}
