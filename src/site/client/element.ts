/**
 * Creates an element.
 * @param properties of the element; `ariaLabel` and the like become attributes
 */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]> = {},
  ...content: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...content);
  return made;
}

/** Creates a button with a text. */
export function button(
  text: string,
  press: () => void,
  properties: Partial<HTMLButtonElement> = {},
): HTMLButtonElement {
  const made = element('button', { type: 'button', ...properties }, text);
  made.addEventListener('click', press);
  return made;
}
