/**
 * A document for libraries that write `<style>` elements and `style` attributes, which the page's
 * Content-Security-Policy forbids. The rules become a constructed style sheet and the attribute a
 * change of the element's style, both of which are allowed.
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
 * Makes the global `document` behave the same during a call, for code that does not use the
 * document it was given.
 * @param act called synchronously
 */
export function strictly(act: () => void): void {
  Object.assign(document, strictElements);
  try {
    act();
  } finally {
    // Deleting the own property restores the real method.
    delete (document as { createElement?: unknown }).createElement;
  }
}

/** Does not use `createElement`, which may be replaced here. */
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

/** An element without effect whose text becomes the rules of a style sheet. */
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
