import type { LabWords } from '../../site/i18n/client/browser-lab.ts';
import { imagesCommand, resizeCommand } from '../format/control.ts';
import { keptBytes } from '../format/kept.ts';
import type { VmManifest } from '../format/manifest.ts';
import { BrowserLab, workerAddress } from '../machine/lab.ts';
import type { Resumed, Saved } from '../machine/protocol.ts';
import { element } from '../../site/client/element.ts';
import { AutoSave } from './auto-save.ts';
import { megabytes } from './numbers.ts';
import type { Panel } from './panel.ts';
import { CommandReader } from '../../core/session/command-reader.ts';
import { ExtraKeys } from '../terminal/keys.ts';
import { Screen } from '../terminal/screen.ts';

/**
 * Milliseconds for the hidden shell to set clock and size; after that, the prompt is requested
 * anyway.
 */
const SETUP = 2000;

/** Milliseconds after the last resize of the window before the size is sent to the shell. */
const RESIZE_DELAY = 100;

/** The machine, its terminal, and the panel around both. */
export class Tab {
  readonly lab: BrowserLab;
  readonly workerAddress = workerAddress;
  readonly shell: CommandReader;
  readonly screen: Screen;
  /** Called when the machine is reset. */
  onReset: () => void = () => undefined;
  /** What is saved with the machine for the page that resumes it. */
  notes: () => readonly string[] = () => [];
  /** What a saved machine brought along; undefined if there was none. */
  resumed: Resumed | undefined;
  /** Resolves when a new machine has the images of the lesson. */
  prepared: Promise<unknown> = Promise.resolve();
  private readonly manifest: VmManifest;
  private readonly images: readonly string[];
  private readonly panel: Panel;
  private readonly words: LabWords;
  private readonly pressed = performance.now();
  /** Whether the prompt appeared and the machine has not stopped since. */
  private runs = false;
  private playing = false;
  private paused = false;
  private gaveUp: (() => void) | undefined;
  private resized: ReturnType<typeof setTimeout> | undefined;
  private stopListening: () => void = () => undefined;
  private readonly whenHidden = () => this.followVisibility();
  private readonly autoSave = new AutoSave({
    save: () => this.save(),
    atPrompt: () => this.shell.atPrompt,
    canSave: () => this.runs && !this.playing && !this.lab.isControlled,
  });
  private saveStart = 0;
  /** Whether the reader knows that the machine cannot be saved. */
  private isUnsaved = false;

  /**
   * @param base address of the manifest's folder
   * @param lesson whose saved machine is resumed
   * @param images with which the lesson starts
   */
  constructor(
    manifest: VmManifest,
    base: string,
    lesson: string,
    panel: Panel,
    words: LabWords,
    images = manifest.images,
  ) {
    this.manifest = manifest;
    this.images = images;
    this.panel = panel;
    this.words = words;
    this.shell = new CommandReader(manifest.shell.nonce);
    this.lab = new BrowserLab(manifest, base, lesson, {
      loading: ({ loaded, total }) => this.showLoading(loaded, total),
      kept: ({ bytes, done }) => this.showKept(bytes, done),
      'not-kept': ({ message }) => panel.say(words.keep.failed(message)),
      saved: (saved) => this.saved(saved),
      'not-saved': ({ message }) => this.notSaved(message),
      waiting: () => panel.say(words.waiting),
      resumed: () => panel.say(words.running),
      fault: ({ message }) => {
        this.stop();
        panel.fail(words.unable.fault(message));
      },
    });
    const keys = new ExtraKeys(words, {
      type: (text) => this.lab.input(text),
      focus: () => this.screen.terminal.focus(),
    });
    panel.foot.append(keys.element, element('p', { className: 'lab-hint' }, words.leave));
    this.screen = new Screen(panel.screen, words.terminal, words.tooMuch, {
      typed: (text) => {
        this.lab.input(keys.applied(text));
        this.autoSave.changed();
      },
      resized: () => this.sendSize(),
      left: () => panel.focusBar(),
      copied: () => panel.say(words.copied),
    });
    document.addEventListener('visibilitychange', this.whenHidden);
  }

  /**
   * Loads the machine and shows its prompt, or resumes what the reader has left.
   * @returns whether it runs; if not, the panel shows why
   */
  async start(): Promise<boolean> {
    const starting = this.lab.start().then((resumed) => {
      this.resumed = resumed;
      return resumed === undefined ? this.firstPrompt() : this.resume(resumed);
    });
    if (!(await this.reachesPrompt(starting))) return false;
    performance.measure('lab-prompt', { start: this.pressed });
    this.panel.say(this.resumed === undefined ? this.words.running : this.words.resumed);
    return true;
  }

  /** Returns to the first prompt; all changes are lost. */
  async reset(): Promise<void> {
    this.stop();
    this.panel.say(this.words.resetting);
    this.onReset();
    this.stopListening();
    this.screen.terminal.reset();
    this.screen.announceAfresh();
    if (!(await this.reachesPrompt(this.lab.reset().then(() => this.firstPrompt())))) return;
    this.panel.say(this.words.wasReset);
    this.screen.terminal.focus();
  }

  /** Stores the whole disk, and asks the browser not to delete it when it needs space. */
  keep(): void {
    // Undefined without HTTPS.
    const storage = navigator.storage as StorageManager | undefined;
    void storage?.persist().catch(() => false);
    this.lab.keep();
  }

  /** Whether a step is running, for which the machine continues even while the page is hidden. */
  set isPlaying(playing: boolean) {
    this.playing = playing;
    if (!playing) this.autoSave.changed();
    this.followVisibility();
  }

  /** Whether the machine accepts input. */
  get isRunning(): boolean {
    return this.runs;
  }

  end(): void {
    this.stop();
    document.removeEventListener('visibilitychange', this.whenHidden);
    this.lab.end();
    this.screen.dispose();
  }

  /** Marks the machine as stopped: nothing more is sent to it, and waiting for its prompt ends. */
  private stop(): void {
    this.runs = false;
    this.paused = false;
    this.autoSave.reset();
    clearTimeout(this.resized);
    this.gaveUp?.();
  }

  /** Whether the machine reaches its prompt without stopping before. */
  private async reachesPrompt(starting: Promise<void>): Promise<boolean> {
    const gaveUp = new Promise<false>((resolve) => {
      this.gaveUp = () => resolve(false);
    });
    const came = starting.then(() => true);
    if (!(await Promise.race([came, gaveUp]))) return false;
    this.runs = true;
    this.panel.progressDone();
    this.panel.state = 'running';
    this.followVisibility();
    return true;
  }

  /**
   * Requests a new prompt, since the saved shell has already printed one, and shows the output from
   * there on.
   */
  private async firstPrompt(): Promise<void> {
    const { terminal } = this.screen;
    const decoder = new TextDecoder();
    let before: string | undefined = '';
    this.shell.restart();
    this.stopListening();
    const prompt = new Promise<void>((resolve) => {
      this.stopListening = this.lab.onOutput((bytes) => {
        if (before === undefined) {
          this.receive(bytes);
          return;
        }
        this.shell.receive(bytes);
        before += decoder.decode(bytes, { stream: true });
        if (!this.shell.atPrompt) return;
        // Only the prompt's line: before it are the Enter and what bash redrew because of the new
        // size.
        terminal.write(before.slice(before.lastIndexOf('\n') + 1));
        before = undefined;
        resolve();
      });
    });
    await this.setUp();
    this.lab.input('\r');
    await prompt;
    const images = imagesCommand(this.manifest.images, this.images);
    if (images !== undefined) this.prepared = this.lab.control(images);
  }

  /** Shows what the terminal had received when the machine was saved, and what comes after it. */
  private async resume({ screen }: Resumed): Promise<void> {
    this.shell.restart();
    this.shell.receive(screen);
    this.stopListening = this.lab.onOutput((bytes) => this.receive(bytes));
    await this.screen.replay(screen);
    await this.setUp();
  }

  private receive(bytes: Uint8Array): void {
    this.shell.receive(bytes);
    this.screen.terminal.write(bytes);
    this.autoSave.changed();
  }

  private async setUp(): Promise<void> {
    const setUp = this.lab.control(`${setClock()}; ${this.size()}`);
    await Promise.race([setUp, new Promise((resolve) => setTimeout(resolve, SETUP))]);
  }

  private save(): void {
    this.saveStart = performance.now();
    this.lab.save(this.notes());
  }

  private saved(detail: Saved): void {
    performance.measure('lab-saved', { start: this.saveStart, detail });
    this.autoSave.ended();
  }

  private notSaved(why: string): void {
    this.autoSave.ended();
    if (!this.isUnsaved) this.panel.say(this.words.notSaved(why));
    this.isUnsaved = true;
  }

  private sendSize(): void {
    clearTimeout(this.resized);
    if (!this.runs) return;
    this.resized = setTimeout(() => void this.lab.control(this.size()), RESIZE_DELAY);
  }

  private size(): string {
    const { cols, rows } = this.screen.terminal;
    return resizeCommand(cols, rows);
  }

  private followVisibility(): void {
    const pauses = document.hidden && !this.playing;
    if (!this.runs || pauses === this.paused) return;
    this.paused = pauses;
    if (pauses) {
      this.lab.pause();
      this.autoSave.hurry();
      return;
    }
    this.lab.resume();
    // The guest's clock stopped while it was paused.
    void this.lab.control(setClock());
  }

  private showLoading(loaded: number, total: number): void {
    const since = String(Math.floor((performance.now() - this.pressed) / 1000));
    const text =
      loaded < total
        ? this.words.loading(megabytes(loaded), megabytes(total), since)
        : this.words.starting;
    this.panel.progress(text, loaded / total);
  }

  private showKept(bytes: number, done: boolean): void {
    const { progress, done: all } = this.words.keep;
    this.panel.say(done ? all : progress(megabytes(bytes), megabytes(keptBytes(this.manifest))));
  }
}

/** Sets the guest's clock, which stopped when the state was saved, to this device's time. */
function setClock(): string {
  return `date -u -s @${Math.floor(Date.now() / 1000)} > /dev/null`;
}
