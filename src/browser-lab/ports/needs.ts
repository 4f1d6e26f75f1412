import type { Client } from './client.ts';
import { inlined } from './css.ts';
import type { Need } from './frame/protocol.ts';
import type { HttpResponse } from './http.ts';
import { decoded } from './media.ts';

/** Style sheets, images and fonts that are loaded for one document. */
const MOST = 100;
/** Style sheets that import one another: each level makes the innermost a third larger. */
const DEEPEST = 4;

/** Loads what one document in the pane needs from the machine. */
export class Needs {
  private readonly client: Client;
  private readonly signal: AbortSignal;
  private readonly loaded = new Map<string, Promise<HttpResponse | undefined>>();

  /** @param signal ends loading, because another document is shown */
  constructor(client: Client, signal: AbortSignal) {
    this.client = client;
    this.signal = signal;
  }

  /** @returns undefined if it cannot be loaded */
  async load(need: Need): Promise<string | undefined> {
    const address = URL.parse(need.as === 'css' ? need.base : need.address);
    if (address === null) return undefined;
    if (need.as === 'css') return this.inlined(need.text, address, 0);
    return need.as === 'style' ? this.style(address, 0) : this.file(address);
  }

  private async style(address: URL, depth: number): Promise<string | undefined> {
    const response = depth > DEEPEST ? undefined : await this.response(address);
    if (response === undefined) return undefined;
    const type = response.headers.get('content-type') ?? '';
    return this.inlined(decoded(response.body, type), address, depth);
  }

  private inlined(css: string, base: URL, depth: number): Promise<string> {
    return inlined(css, base, async (address, as) => {
      if (as === 'file') return this.file(address);
      const text = await this.style(address, depth + 1);
      return text === undefined ? undefined : dataAddress(new Blob([text], { type: 'text/css' }));
    });
  }

  private async file(address: URL): Promise<string | undefined> {
    const response = await this.response(address);
    if (response === undefined) return undefined;
    const type = response.headers.get('content-type') ?? '';
    return dataAddress(new Blob([response.body], { type }));
  }

  private response(address: URL): Promise<HttpResponse | undefined> {
    const { href } = address;
    const known = this.loaded.get(href);
    if (known !== undefined) return known;
    if (this.loaded.size >= MOST) return Promise.resolve(undefined);
    const loading = this.client
      .visit({ address, method: 'GET' }, this.signal)
      .then((visit) =>
        'response' in visit && visit.response.status < 400 ? visit.response : undefined,
      );
    this.loaded.set(href, loading);
    return loading;
  }
}

/** The content of a file as a `data:` address. */
export function dataAddress(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(new Error('a file could not be read', { cause: reader.error }));
    reader.readAsDataURL(file);
  });
}
