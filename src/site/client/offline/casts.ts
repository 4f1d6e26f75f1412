/** Where the file holds a cast: a link's hash names it. */
export function castText(address: string): string | undefined {
  const hash = /#(cast\..+)$/.exec(address)?.[1];
  return hash === undefined
    ? undefined
    : document.getElementById(decodeURIComponent(hash))?.textContent.trim();
}

/** A link to a cast saves it. Says whether it was one. */
export function saveCast(link: HTMLAnchorElement): boolean {
  const text = castText(link.href);
  if (text === undefined) return false;
  const file = document.createElement('a');
  file.href = URL.createObjectURL(new Blob([`${text}\n`], { type: 'application/x-asciicast' }));
  file.download = `${link.hash.split('/').at(-1) ?? 'step'}.cast`;
  file.click();
  setTimeout(() => URL.revokeObjectURL(file.href), 1000);
  return true;
}
