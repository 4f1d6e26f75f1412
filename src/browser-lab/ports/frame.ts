import { element } from '../../site/client/element.ts';
import type { FromFrame, Go, ToFrame, View } from './frame/protocol.ts';
import type { Needs } from './needs.ts';

/** What the frame reports. */
export interface FrameEvents {
  readonly go: (go: Go) => void;
  readonly shown: (shown: Extract<FromFrame, { readonly kind: 'shown' }>) => void;
  /** The frame could not be loaded, or has another page in it. */
  readonly lost: () => void;
}

/** Milliseconds for the page in the frame to load. */
const LIMIT = 15_000;

/**
 * The frame in which documents of the machine are shown. It has an origin of its own, so nothing in
 * it reaches the site, its storage or its cookies; docs/security.md says what else it cannot do.
 */
export class Frame {
  readonly element: HTMLIFrameElement;
  private readonly port: MessagePort;
  private needs: Needs | undefined;

  private constructor(frame: HTMLIFrameElement, port: MessagePort, events: FrameEvents) {
    this.element = frame;
    this.port = port;
    port.onmessage = ({ data }: MessageEvent<FromFrame>) => {
      if (data.kind === 'need') void this.supply(data, this.needs);
      else if (data.kind === 'go') events.go(data);
      else if (data.kind === 'shown') events.shown(data);
    };
  }

  /**
   * Adds a frame to an element.
   * @returns undefined if it cannot be loaded, or if the element is removed before
   */
  static async open(place: HTMLElement, events: FrameEvents): Promise<Frame | undefined> {
    const base = document.documentElement.dataset['base'] ?? '/';
    const frame = element('iframe', { referrerPolicy: 'no-referrer', hidden: true });
    // Without `allow-same-origin`, the origin is opaque. `allow-forms` makes forms report that they
    // are sent; the policy of the page in the frame prevents that they send anything.
    frame.setAttribute('sandbox', 'allow-scripts allow-forms');
    frame.src = `${base}port-frame.html`;
    const port = await new Promise<MessagePort | undefined>((resolve) => {
      const { port1, port2 } = new MessageChannel();
      const late = setTimeout(() => resolve(undefined), LIMIT);
      // The page in the frame answers; the error page of a browser does not.
      port1.onmessage = () => {
        clearTimeout(late);
        resolve(port1);
      };
      frame.addEventListener(
        'load',
        () => frame.contentWindow?.postMessage(undefined, '*', [port2]),
        {
          once: true,
        },
      );
      place.append(frame);
    });
    const lose = () => {
      frame.remove();
      port?.close();
      events.lost();
    };
    if (port === undefined) {
      lose();
      return undefined;
    }
    // Nothing in it should be able to load another page. If something does, it gets no messages.
    frame.addEventListener('load', lose, { once: true });
    return new Frame(frame, port, events);
  }

  /** @param needs loads what the document refers to */
  show(address: string, view: View, needs: Needs): void {
    this.needs = needs;
    this.element.hidden = false;
    this.send({ kind: 'show', address, view });
  }

  hide(): void {
    this.element.hidden = true;
  }

  setTitle(title: string): void {
    this.element.title = title;
  }

  private async supply(
    { id, need }: Extract<FromFrame, { readonly kind: 'need' }>,
    needs: Needs | undefined,
  ): Promise<void> {
    this.send({ kind: 'loaded', id, text: await needs?.load(need) });
  }

  private send(message: ToFrame): void {
    this.port.postMessage(message);
  }
}
