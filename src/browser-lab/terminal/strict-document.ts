/**
 * The document as a library may use it that writes `<style>` elements and `style` attributes, which the page's policy forbids: the
 * rules become a style sheet of the document's own, and the attribute a change of the element's style, which are both allowed.
 */
export function strictDocument(): Document {
  const { createElement } = strictElements;
  return new Proxy(document, {
    get(target, name) {
      if (name === 'createElement') return createElement;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

/**
 * Makes `document` itself that strict while something is done, for what does not ask the document that it was given.
 * @param act is done at once
 */
export function strictly(act: () => void): void {
  Object.assign(document, strictElements);
  try {
    act();
  } finally {
    // The one of its own hid the document's real one.
    delete (document as { createElement?: unknown }).createElement;
  }
}

/** Not `createElement`, which may be another here. */
const create = (name: string): HTMLElement =>
  document.createElementNS('http://www.w3.org/1999/xhtml', name);

const strictElements = {
  createElement: (name: string): HTMLElement => {
    if (name === 'style') return sheetElement();
    const element = create(name);
    if (name === 'span') styleWithoutAttribute(element);
    return element;
  },
};

/** An element without any effect; its text becomes the rules of a style sheet. */
function sheetElement(): HTMLElement {
  const element = create('template');
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  Object.defineProperty(element, 'textContent', {
    set: (rules: string) => sheet.replaceSync(rules),
  });
  element.remove = () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    Element.prototype.remove.call(element);
  };
  return element;
}

function styleWithoutAttribute(element: HTMLElement): void {
  element.setAttribute = (name, value) => {
    if (name === 'style') element.style.cssText = value;
    else Element.prototype.setAttribute.call(element, name, value);
  };
}
