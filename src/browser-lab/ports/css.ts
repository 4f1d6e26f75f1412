/** What a style sheet needs: another style sheet, or a file such as an image or a font. */
export type Needed = 'style' | 'file';

/** Loads what an address stands for as a `data:` address; undefined if that is not possible. */
export type LoadNeeded = (address: URL, as: Needed) => Promise<string | undefined>;

/** The forms of an address in `url(…)` and `@import "…"` (CSS Syntax, section 4.3). */
const QUOTED = String.raw`"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'`;
const URL_FUNCTION = String.raw`url\(\s*(?:${QUOTED}|([^"'()\s]*))\s*\)`;
const ADDRESS = new RegExp(
  String.raw`(@import\s*)?(?:${URL_FUNCTION})|(@import\s*)(?:${QUOTED})`,
  'gi',
);

/** Stands for what could not be loaded. */
const NOTHING = 'data:,';

/**
 * A style sheet in which everything that it refers to is part of it.
 * @param base the address to which those in the sheet are relative
 */
export async function inlined(css: string, base: URL, load: LoadNeeded): Promise<string> {
  const loaded = new Map<string, Promise<string>>();
  const source = (address: string, as: Needed) => {
    const key = `${as} ${address}`;
    const known = loaded.get(key) ?? dataAddress(address, base, as, load);
    loaded.set(key, known);
    return known;
  };
  const pieces: Promise<string>[] = [];
  let end = 0;
  for (const match of css.matchAll(ADDRESS)) {
    const [whole, rule, , , , other] = match;
    const quoted = [match[2], match[3], match[4], match[6], match[7]];
    const address = unescaped(quoted.find((text) => text !== undefined) ?? '');
    const isImport = (rule ?? other) !== undefined;
    const as = isImport ? 'style' : 'file';
    pieces.push(Promise.resolve(css.slice(end, match.index)));
    pieces.push(source(address, as).then((data) => `${isImport ? '@import ' : ''}url("${data}")`));
    end = match.index + whole.length;
  }
  return [...(await Promise.all(pieces)), css.slice(end)].join('');
}

async function dataAddress(
  address: string,
  base: URL,
  as: Needed,
  load: LoadNeeded,
): Promise<string> {
  if (/^(?:#|data:)/i.test(address)) return address.replace(/["\\\n]/g, encodeURIComponent);
  const url = URL.parse(address, base);
  return (url && (await load(url, as))) ?? NOTHING;
}

/** A backslash before a character that is no hexadecimal digit stands for the character. */
function unescaped(text: string): string {
  return text.replace(/\\([^\da-f\n])/gi, '$1');
}
