/** A built lesson page, cut where a site that shows the same needs to put its own text. All parts are HTML. */
export interface CutPage {
  /** What stands in the head, but for style sheets: their addresses are each site's own. */
  readonly head: string;
  /** From the body's beginning to the lesson's text. */
  readonly before: string;
  /** The lesson's head, with which the text begins. */
  readonly opening: string;
  /** The terminals, in order. */
  readonly terminals: readonly string[];
  /** What ends the lesson's text: its commands, its proof. */
  readonly after: string;
  /** From there to the scripts. */
  readonly end: string;
}

/**
 * Cuts a page of a made lesson as the site's layout writes it.
 * @throws {Error} if a part is not there.
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
