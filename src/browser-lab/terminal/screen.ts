import { FitAddon } from '@xterm/addon-fit';
import { Terminal, type ITheme } from '@xterm/xterm';
import { INK, PALETTE, TEXT } from '../../core/screen/palette.ts';
import { logOutput } from './output-log.ts';
import { allowStyledSpans, strictDocument, strictly } from './strict-document.ts';
import { copySelection } from '../../site/client/copy-plain.ts';

/**
 * Two presses of Escape within this many milliseconds leave the terminal. A single press is sent to
 * the shell only after that time or with the next key: bash would take the first of two as the
 * beginning of a Meta key and wait for the rest.
 */
const TWICE = 400;
const ESCAPE = '\x1b';

/** Events that the screen reports. */
export interface ScreenEvents {
  /** Something was typed or pasted. */
  readonly typed: (text: string) => void;
  readonly resized: (cols: number, rows: number) => void;
  /** The reader leaves the terminal with the keyboard. */
  readonly left: () => void;
  readonly copied: () => void;
}

/** The visible terminal. */
export class Screen {
  readonly terminal: Terminal;
  private readonly fit = new FitAddon();
  private readonly observer: ResizeObserver;
  private readonly events: ScreenEvents;
  /** The width that a step requires while it runs. */
  private fixedCols: number | undefined;
  /** An Escape that may be the first of two. */
  private escape: ReturnType<typeof setTimeout> | undefined;
  private isReplaying = false;
  private isDisposed = false;

  /**
   * @param label accessible name
   * @param tooMuch what screen readers announce instead of the rest of a long output
   */
  constructor(place: HTMLElement, label: string, tooMuch: string, events: ScreenEvents) {
    this.events = events;
    const styles = getComputedStyle(place);
    allowStyledSpans();
    Terminal.strings.tooMuchOutput = tooMuch;
    const terminal = new Terminal({
      fontFamily: styles.fontFamily,
      fontSize: Number.parseFloat(styles.fontSize),
      lineHeight: 1.2,
      scrollback: 5000,
      cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
      documentOverride: strictDocument(),
      minimumContrastRatio: 4.5,
      // Printed links must not open other pages.
      linkHandler: { activate: () => undefined },
      theme: theme(),
    });
    this.terminal = terminal;
    terminal.loadAddon(this.fit);
    strictly(() => terminal.open(place));
    terminal.textarea?.setAttribute('aria-label', label);
    this.announceAfresh();
    terminal.onData((text) => {
      if (!this.isReplaying) this.type(text);
    });
    terminal.onResize(({ cols, rows }) => events.resized(cols, rows));
    terminal.attachCustomKeyEventHandler((event) => this.isForShell(event));
    this.observer = new ResizeObserver(() => this.fitted());
    this.observer.observe(place);
    this.fitted();
  }

  /**
   * Shows what a terminal received earlier, without answering what was asked in it, and without
   * announcing it again.
   */
  replay(bytes: Uint8Array): Promise<void> {
    this.isReplaying = true;
    this.terminal.options.screenReaderMode = false;
    return new Promise((resolve) => {
      this.terminal.write(bytes, () => {
        this.isReplaying = false;
        this.announceAfresh();
        resolve();
      });
    });
  }

  /** Fixes the number of columns; undefined fits the window again. */
  fixCols(cols: number | undefined): void {
    this.fixedCols = cols;
    this.fitted();
  }

  /**
   * Announces output to screen readers from now on. xterm.js announces 20 lines, and begins again
   * when a key is pressed in the terminal; for what the page types, it has to be told.
   */
  announceAfresh(): void {
    if (this.isDisposed) return;
    this.terminal.options.screenReaderMode = false;
    this.terminal.options.screenReaderMode = true;
    logOutput(this.terminal);
  }

  dispose(): void {
    this.isDisposed = true;
    clearTimeout(this.escape);
    this.observer.disconnect();
    this.terminal.dispose();
  }

  private fitted(): void {
    const size = this.fit.proposeDimensions();
    // A folded panel has no size.
    if (size === undefined || !(size.cols > 1 && size.rows > 1)) return;
    this.terminal.resize(this.fixedCols ?? size.cols, size.rows);
  }

  /** Whether a key goes to the shell, that is, does not copy, paste or leave the terminal. */
  private isForShell(event: KeyboardEvent): boolean {
    if (event.type !== 'keydown') return true;
    if (event.key === 'Escape' && !event.ctrlKey && !event.altKey && !event.metaKey) {
      this.pressEscape();
      return false;
    }
    if (!event.ctrlKey || event.altKey || event.metaKey) return true;
    const key = event.key.toLowerCase();
    // Ctrl+Shift+C copies as in other terminals; Ctrl+C also copies if there is a selection.
    if (key === 'c' && (event.shiftKey || this.terminal.hasSelection())) {
      event.preventDefault();
      this.copy();
      return false;
    }
    // The browser pastes and notifies the terminal.
    return key !== 'v';
  }

  private pressEscape(): void {
    if (this.escape === undefined) {
      this.escape = setTimeout(() => this.type(''), TWICE);
      return;
    }
    clearTimeout(this.escape);
    this.escape = undefined;
    this.events.left();
  }

  /** Types a pending Escape, then the text. */
  private type(text: string): void {
    const isHeld = this.escape !== undefined;
    clearTimeout(this.escape);
    this.escape = undefined;
    if (isHeld) this.events.typed(ESCAPE);
    if (text !== '') this.events.typed(text);
  }

  private copy(): void {
    if (!this.terminal.hasSelection()) return;
    // xterm.js then copies its selection.
    if (copySelection()) this.events.copied();
    this.terminal.clearSelection();
  }
}

/** The colors of the recorded screens. */
function theme(): ITheme {
  const names = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];
  const bright = names.map((name) => `bright${name.charAt(0).toUpperCase()}${name.slice(1)}`);
  const colors = [...names, ...bright].map((name, index) => [name, PALETTE[index]]);
  return {
    ...(Object.fromEntries(colors) as ITheme),
    background: INK,
    foreground: TEXT,
    cursor: TEXT,
    cursorAccent: INK,
    selectionBackground: '#3d5166',
  };
}
