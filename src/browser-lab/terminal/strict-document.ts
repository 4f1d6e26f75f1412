/**
 * A document for libraries that write `<style>` elements, which the page's Content-Security-Policy
 * forbids. The rules become a constructed style sheet, which is allowed.
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
  createElement: (name: string): HTMLElement => (name === 'style' ? sheetElement() : create(name)),
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

/**
 * Lets libraries set the `style` attribute of a `<span>`, which the policy forbids: it becomes a
 * change of the element's style, which is allowed. The terminal draws with the real document, and
 * sets the attribute for colors that its style sheet lacks.
 */
export function allowStyledSpans(): void {
  HTMLSpanElement.prototype.setAttribute = function (name, value) {
    if (name === 'style') this.style.cssText = value;
    else Element.prototype.setAttribute.call(this, name, value);
  };
}
