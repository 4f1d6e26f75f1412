import { HttpError, onMachine, portOf, readResponse, requestBytes } from './http.ts';
import type { HttpRequest, HttpResponse } from './http.ts';
import { relay, type Control, type Relayed } from './relay.ts';

/** Why there is no response. */
export type Problem =
  | Exclude<Relayed['kind'], 'received'>
  /** The address is not on the machine, which has no internet access. */
  | 'outside'
  /** What listens there speaks another protocol, or did not send everything. */
  | 'protocol'
  | 'redirects';

/** The response for an address, or why there is none; `address` is the last one after redirects. */
export type Visit =
  | { readonly address: URL; readonly response: HttpResponse }
  | { readonly address: URL; readonly problem: Problem };

/** Redirects after which browsers give up (Fetch, section 4.4). */
const REDIRECTS = 20;

/** Requests servers in the machine, one after another: there is one line to its hidden shell. */
export class Client {
  private readonly control: Control;
  private last: Promise<unknown> = Promise.resolve();

  constructor(control: Control) {
    this.control = control;
  }

  /**
   * Requests an address and follows redirects.
   * @param signal makes it end before the next request: it is then `stopped`
   */
  async visit(request: HttpRequest, signal?: AbortSignal): Promise<Visit> {
    let next = request;
    for (let redirects = 0; redirects <= REDIRECTS; redirects++) {
      const { address } = next;
      if (!onMachine(address)) return { address, problem: 'outside' };
      const response = await this.inTurn(() => this.send(next, signal));
      if (typeof response === 'string') return { address, problem: response };
      const after = redirected(next, response);
      if (after === undefined) return { address, response };
      next = after;
    }
    return { address: next.address, problem: 'redirects' };
  }

  private async send(request: HttpRequest, signal?: AbortSignal): Promise<HttpResponse | Problem> {
    if (signal?.aborted === true) return 'stopped';
    const relayed = await relay(this.control, portOf(request.address), requestBytes(request));
    if (relayed.kind !== 'received') return relayed.kind;
    try {
      return readResponse(relayed.bytes);
    } catch (error) {
      if (error instanceof HttpError) return 'protocol';
      throw error;
    }
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.last.then(work);
    this.last = result.catch(() => undefined);
    return result;
  }
}

/**
 * The request to which a response redirects; undefined if it does not. As in browsers, a POST
 * becomes a GET unless the status forbids it, and the part after `#` is kept.
 */
export function redirected(
  { address, method, body }: HttpRequest,
  { status, headers }: HttpResponse,
): HttpRequest | undefined {
  if (![301, 302, 303, 307, 308].includes(status)) return undefined;
  const next = URL.parse(headers.get('location') ?? '', address);
  if (next === null || !headers.has('location')) return undefined;
  if (next.hash === '') next.hash = address.hash;
  return status === 307 || status === 308
    ? { address: next, method, ...(body && { body }) }
    : { address: next, method: 'GET' };
}
