import { element } from '../element.ts';

/** The text of a cast in the single HTML file, which a link's hash identifies. */
export function castText(address: string): string | undefined {
  const hash = /#(cast\..+)$/.exec(address)?.[1];
  return hash === undefined
    ? undefined
    : document.getElementById(decodeURIComponent(hash))?.textContent.trim();
}

/**
 * Saves the cast to which a link points.
 * @returns false if the link does not point to a cast
 */
export function saveCast(link: HTMLAnchorElement): boolean {
  const text = castText(link.href);
  if (text === undefined) return false;
  const href = URL.createObjectURL(new Blob([`${text}\n`], { type: 'application/x-asciicast' }));
  element('a', { href, download: `${link.hash.split('/').at(-1) ?? 'step'}.cast` }).click();
  setTimeout(() => URL.revokeObjectURL(href), 1000);
  return true;
}
