import { announce } from '../../site/client/announce.ts';
import { button, element } from '../../site/client/element.ts';
import type { LabWords } from '../../site/i18n/client/browser-lab.ts';
import type { Panel } from '../panel/panel.ts';
import type { Tab } from '../panel/tab.ts';
import { Client } from './client.ts';
import { LIST_SOCKETS, listeningPorts } from './listening.ts';
import { Pane } from './pane.ts';

/** Milliseconds between two looks at the sockets of the machine. */
const INTERVAL = 1500;

const LINE_FEED = 10;

/** Offers to look at what listens in the machine, and opens it in a pane beside the terminal. */
export class Ports {
  private readonly tab: Tab;
  private readonly panel: Panel;
  private readonly words: LabWords;
  private readonly client: Client;
  private readonly offers = element('div', { className: 'lab-ports', hidden: true });
  private readonly timer = setInterval(() => void this.look(), INTERVAL);
  private readonly stopListening: () => void;
  private listening: readonly number[] = [];
  private pane: Pane | undefined;
  /** The host that the reader looks at, or looked at last. */
  private opened = '';
  /** Whether sockets may have changed at the prompt: a command ended. */
  private mayDiffer = true;
  private isLooking = false;

  constructor(tab: Tab, panel: Panel, words: LabWords) {
    this.tab = tab;
    this.panel = panel;
    this.words = words;
    this.client = new Client((command) => tab.lab.control(command));
    this.stopListening = tab.lab.onOutput((bytes) => {
      this.mayDiffer ||= bytes.includes(LINE_FEED);
    });
    panel.body.before(this.offers);
  }

  end(): void {
    clearInterval(this.timer);
    this.stopListening();
    this.close();
    this.offers.remove();
  }

  private close(): void {
    this.pane?.remove();
    this.pane = undefined;
  }

  private async look(): Promise<void> {
    const { isRunning, shell, lab } = this.tab;
    if (!isRunning) {
      this.close();
      this.offer([]);
      this.mayDiffer = true;
      return;
    }
    if (this.isLooking || document.hidden || (shell.atPrompt && !this.mayDiffer)) return;
    this.isLooking = true;
    this.mayDiffer = false;
    const answer = await lab.control(LIST_SOCKETS);
    this.isLooking = false;
    if (answer !== undefined && this.tab.isRunning) this.offer(listeningPorts(answer.output));
  }

  private offer(ports: readonly number[]): void {
    const isNew = ports.some((port) => !this.listening.includes(port));
    if (!isNew && ports.length === this.listening.length) return;
    this.listening = ports;
    const { offer, offered } = this.words.ports;
    const hosts = ports.map((port) => `localhost${port === 80 ? '' : `:${port}`}`);
    const buttons = hosts.map((host) =>
      button(host, () => this.open(host), { ariaLabel: `${offer} ${host}` }),
    );
    this.offers.replaceChildren(element('span', { ariaHidden: 'true' }, offer), ...buttons);
    this.offers.hidden = ports.length === 0;
    if (isNew) announce(offered(hosts.join(', ')));
  }

  private open(host: string): void {
    this.opened = host;
    this.pane ??= new Pane(this.words, this.client, () => {
      this.close();
      this.focusOffer();
    });
    this.panel.body.append(this.pane.element);
    this.pane.visit(new URL(`http://${host}/`));
  }

  /** Focuses the button of the host, which is a new one if other ports are offered now. */
  private focusOffer(): void {
    const buttons = [...this.offers.querySelectorAll('button')];
    const offer = buttons.find(({ textContent }) => textContent === this.opened);
    if (offer === undefined) this.panel.focusBar();
    else offer.focus();
  }
}
