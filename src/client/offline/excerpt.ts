/** Characters of a text that a result shows. */
const LENGTH = 140;
const BEFORE = 40;

/**
 * What a result shows of its text: the stretch around the first term that was found, as HTML in which `<mark>`
 * stands around each, which is how the site's engine has it.
 */
export function excerpt(text: string, terms: readonly string[]): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  const sought = terms.map((term) => term.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  const pattern = new RegExp(sought.length === 0 ? '(?!)' : `(${sought.join('|')})`, 'giu');
  const first = Math.max((pattern.exec(plain)?.index ?? 0) - BEFORE, 0);
  const from = first === 0 ? 0 : plain.indexOf(' ', first) + 1;
  pattern.lastIndex = 0;
  return plain
    .slice(from, from + LENGTH)
    .split(pattern)
    .map((part, index) => (index % 2 === 1 ? `<mark>${escape(part)}</mark>` : escape(part)))
    .join('');
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
