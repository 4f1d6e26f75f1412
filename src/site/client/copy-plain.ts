/** Deprecated, and the only way to copy over plain HTTP, which has no `navigator.clipboard`. */
const { execCommand } = Document.prototype as unknown as {
  readonly execCommand: (this: Document, command: 'copy') => boolean;
};

/** Copies what is selected, over plain HTTP, too. @returns whether the browser has copied it */
export function copySelection(): boolean {
  return execCommand.call(document, 'copy');
}

/**
 * Copies a text over plain HTTP, and leaves the focus where it is.
 * @throws {Error} if the browser refuses
 */
export function copyPlain(text: string): void {
  const focused = document.activeElement;
  const field = Object.assign(document.createElement('textarea'), { value: text });
  document.body.append(field);
  field.select();
  const isCopied = copySelection();
  field.remove();
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  if (!isCopied) throw new Error('the browser does not copy');
}
