import { element } from './element.ts';

const loaded = new Map<string, Promise<void>>();

/**
 * Loads a style sheet for a part of the page that is added later.
 * @param address address of the style sheet, which is loaded only once
 */
export function loadStyles(address: string): Promise<void> {
  const known = loaded.get(address);
  if (known !== undefined) return known;
  const loading = new Promise<void>((resolve, reject) => {
    const link = element('link', { rel: 'stylesheet', href: address });
    link.onload = () => resolve();
    link.onerror = () => {
      loaded.delete(address);
      link.remove();
      reject(new Error(`${address} could not be loaded`));
    };
    document.head.append(link);
  });
  loaded.set(address, loading);
  return loading;
}
