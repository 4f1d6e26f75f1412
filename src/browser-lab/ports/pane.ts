import { button, element } from '../../site/client/element.ts';
import type { LabWords } from '../../site/i18n/client/browser-lab.ts';
import { megabytes } from '../panel/numbers.ts';
import type { Client, Problem, Visit } from './client.ts';
import { Frame } from './frame.ts';
import type { Go, View } from './frame/protocol.ts';
import { onMachine, type HttpRequest, type HttpResponse } from './http.ts';
import { shownAs } from './media.ts';
import { dataAddress, Needs } from './needs.ts';
import { LARGEST, SECONDS } from './relay.ts';

/**
 * Attempts to get a page, and milliseconds between them: a port is published before the container
 * listens.
 */
const [ATTEMPTS, BETWEEN] = [8, 500];

/** A small browser for the servers in the machine: address bar, buttons, and the page. */
export class Pane {
  readonly element: HTMLElement;
  private readonly words: LabWords;
  private readonly client: Client;
  private readonly status = element('p', { className: 'lab-pane-status', role: 'status' });
  private readonly address: HTMLInputElement;
  private readonly back: HTMLButtonElement;
  private frame: Frame | undefined;
  private opening: Promise<Frame | undefined> | undefined;
  /** Addresses of the pages that were shown; the last one is shown now. */
  private readonly visited: URL[] = [];
  private leaving = new AbortController();

  /** @param close removes the pane */
  constructor(words: LabWords, client: Client, close: () => void) {
    this.words = words;
    this.client = client;
    const { ports, buttons } = words;
    this.address = element('input', {
      type: 'text',
      inputMode: 'url',
      autocapitalize: 'off',
      spellcheck: false,
      ariaLabel: ports.address,
    });
    this.address.addEventListener('keydown', ({ key }) => {
      if (key === 'Enter') this.enter(this.address.value);
    });
    this.back = button(ports.back, () => this.goBack(), { disabled: true });
    this.element = element(
      'section',
      { className: 'lab-pane', ariaLabel: ports.name },
      element(
        'div',
        { className: 'lab-address' },
        this.back,
        button(ports.reload, () => this.reload()),
        this.address,
        button(buttons.close, close),
      ),
      this.status,
    );
  }

  /** Shows a page, after which `Back` returns to the one before. */
  visit(address: URL): void {
    void this.request({ address, method: 'GET' });
  }

  remove(): void {
    this.leaving.abort();
    this.element.remove();
  }

  /** Shows what the reader typed, which may be without `http://`. */
  private enter(text: string): void {
    const typed = text.trim();
    const address = URL.parse(/^\w+:\/\//.test(typed) ? typed : `http://${typed}`);
    if (address === null) this.show({ problem: 'refused' }, typed);
    else this.visit(address);
  }

  private goBack(): void {
    this.visited.pop();
    this.reload();
  }

  /** A form is not sent again: its address is requested without it. */
  private reload(): void {
    const address = this.visited.pop();
    if (address === undefined) this.enter(this.address.value);
    else this.visit(address);
  }

  private async request(request: HttpRequest): Promise<void> {
    this.leaving.abort();
    const { signal } = (this.leaving = new AbortController());
    this.address.value = request.address.href;
    this.say(this.words.ports.loading(request.address.href));
    // The frame loads at the same time.
    void this.openFrame();
    const visit = await this.patiently(request, signal);
    if (signal.aborted) return;
    this.address.value = visit.address.href;
    // Otherwise, `Reload` and `Back` would lead to the page before.
    if (onMachine(visit.address) && this.visited.at(-1)?.href !== visit.address.href)
      this.visited.push(visit.address);
    this.back.disabled = this.visited.length < 2;
    if ('problem' in visit) {
      this.frame?.hide();
      this.show(visit, visit.address.href);
    } else await this.showResponse(visit.address, visit.response, signal);
  }

  private async patiently(request: HttpRequest, signal: AbortSignal): Promise<Visit> {
    for (let attempts = 1; ; attempts++) {
      const visit = await this.client.visit(request, signal);
      const isOver = attempts === ATTEMPTS || request.method === 'POST' || signal.aborted;
      if (isOver || !('problem' in visit) || visit.problem !== 'refused') return visit;
      await new Promise((resolve) => setTimeout(resolve, BETWEEN));
    }
  }

  private async showResponse(
    address: URL,
    response: HttpResponse,
    signal: AbortSignal,
  ): Promise<void> {
    const shown = shownAs(response);
    if (shown.kind === 'file') {
      this.frame?.hide();
      this.say(this.words.ports.file(address.href, shown.type), 'problem');
      return;
    }
    const view: View =
      shown.kind === 'image'
        ? {
            kind: 'image',
            source: await dataAddress(new Blob([response.body], { type: shown.type })),
          }
        : shown;
    const frame = (this.frame = await this.openFrame());
    if (signal.aborted || frame === undefined) return;
    frame.show(address.href, view, new Needs(this.client, signal));
  }

  /** The frame, which is opened only once. */
  private openFrame(): Promise<Frame | undefined> {
    let isFirst = true;
    this.opening ??= Frame.open(this.element, {
      go: (go) => this.go(go),
      shown: ({ title, scripts }) => {
        this.say(scripts ? this.words.ports.scripts : '');
        this.frame?.setTitle(title || this.words.ports.page(this.address.value));
        // From then on, the focus stays where the reader is.
        if (isFirst) this.frame?.element.focus();
        isFirst = false;
      },
      lost: () => {
        this.frame = this.opening = undefined;
        this.say(this.words.ports.noFrame, 'problem');
      },
    });
    return this.opening;
  }

  /** Follows a link or sends a form of the page. */
  private go({ address, body }: Go): void {
    const url = URL.parse(address);
    if (url === null || !onMachine(url)) {
      this.show({ problem: 'outside' }, address);
      return;
    }
    void this.request({ address: url, method: body ? 'POST' : 'GET', ...(body && { body }) });
  }

  private show({ problem }: { readonly problem: Problem }, address: string): void {
    const { ports } = this.words;
    const text = {
      outside: () => ports.outside(address),
      refused: () => ports.refused(address),
      stopped: () => ports.refused(address),
      slow: () => ports.slow(address, SECONDS),
      large: () => ports.large(address, megabytes(LARGEST)),
      protocol: () => ports.protocol(address),
      redirects: () => ports.redirects(address),
    }[problem]();
    this.say(text, 'problem');
  }

  private say(text: string, kind: 'note' | 'problem' = 'note'): void {
    this.status.dataset['kind'] = kind;
    this.status.textContent = text;
  }
}
