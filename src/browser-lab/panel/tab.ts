import type { LabWords } from '../../site/i18n/client/browser-lab.ts';
import { resizeCommand } from '../format/control.ts';
import type { VmManifest } from '../format/manifest.ts';
import { Lab, workerAddress } from '../machine/lab.ts';
import { megabytes, seconds } from './numbers.ts';
import type { Panel } from './panel.ts';
import { CommandReader } from '../../core/session/command-reader.ts';
import { ExtraKeys } from '../terminal/keys.ts';
import { Screen } from '../terminal/screen.ts';

/** For the hidden shell to set clock and size, before the prompt is asked for all the same: in milliseconds. */
const TOLD = 2000;

/** After the last change of the window's size, before the shell is told: in milliseconds. */
const RESIZED = 100;

/** The machine, the terminal that shows it, and the panel around both. */
export class Tab {
  readonly lab: Lab;
  readonly workerAddress = workerAddress;
  readonly shell: CommandReader;
  readonly screen: Screen;
  /** Called when the machine is as it was at first. */
  onReset: () => void = () => undefined;
  private readonly manifest: VmManifest;
  private readonly panel: Panel;
  private readonly words: LabWords;
  private readonly pressed = performance.now();
  /** Whether the prompt was there, and the machine has not stopped since. */
  private runs = false;
  private playing = false;
  private paused = false;
  private gaveUp: (() => void) | undefined;
  private resized: ReturnType<typeof setTimeout> | undefined;
  private stopListening: () => void = () => undefined;
  private readonly whenHidden = () => this.followVisibility();

  /** @param base address of the manifest's folder */
  constructor(manifest: VmManifest, base: string, panel: Panel, words: LabWords) {
    this.manifest = manifest;
    this.panel = panel;
    this.words = words;
    this.shell = new CommandReader(manifest.shell.nonce);
    this.lab = new Lab(manifest, base, {
      loading: (loaded, total) => this.showLoading(loaded, total),
      kept: (bytes, done) => this.showKept(bytes, done),
      notKept: (why) => panel.say(words.keep.failed(why)),
      waiting: () => panel.say(words.waiting),
      goesOn: () => panel.say(words.running),
      fault: (why) => {
        this.stop();
        panel.fail(words.unable.fault(why));
      },
    });
    const keys = new ExtraKeys(words, {
      type: (text) => this.lab.input(text),
      focus: () => this.screen.terminal.focus(),
    });
    const hint = document.createElement('p');
    hint.className = 'lab-hint';
    hint.textContent = words.leave;
    panel.foot.append(keys.element, hint);
    this.screen = new Screen(panel.screen, words.terminal, {
      typed: (text) => this.lab.input(keys.applied(text)),
      resized: () => this.tellSize(),
      left: () => panel.focusBar(),
      copied: () => panel.say(words.copied),
    });
    document.addEventListener('visibilitychange', this.whenHidden);
  }

  /** Loads the machine and shows its prompt. Whether that came to a prompt, the panel says as well. */
  async start(): Promise<boolean> {
    if (!(await this.comesToPrompt(this.lab.start()))) return false;
    performance.measure('lab-prompt', { start: this.pressed });
    this.panel.say(this.words.running);
    return true;
  }

  /** Back to the first prompt: what was done is gone. */
  async reset(): Promise<void> {
    this.stop();
    this.panel.say(this.words.resetting);
    this.onReset();
    this.stopListening();
    this.screen.terminal.reset();
    if (!(await this.comesToPrompt(this.lab.reset()))) return;
    this.panel.say(this.words.wasReset);
    this.screen.terminal.focus();
  }

  /** Fetches all of the disk, and asks the browser not to throw it away when it wants room. */
  keep(): void {
    // Without HTTPS there is no such thing.
    const storage = navigator.storage as StorageManager | undefined;
    void storage?.persist().catch(() => false);
    this.lab.keep();
  }

  /** Whether a step is played now: the machine goes on for it, even where nobody looks. */
  set isPlaying(playing: boolean) {
    this.playing = playing;
    this.followVisibility();
  }

  /** Whether something can be typed. */
  get isRunning(): boolean {
    return this.runs;
  }

  end(): void {
    this.stop();
    document.removeEventListener('visibilitychange', this.whenHidden);
    this.lab.end();
    this.screen.dispose();
  }

  /** The machine is no longer what it was: nothing is told to it, and who waits for it waits no more. */
  private stop(): void {
    this.runs = false;
    this.paused = false;
    clearTimeout(this.resized);
    this.gaveUp?.();
  }

  /** Whether the machine starts and gives its prompt, and does not stop before. */
  private async comesToPrompt(starting: Promise<void>): Promise<boolean> {
    const gaveUp = new Promise<false>((resolve) => {
      this.gaveUp = () => resolve(false);
    });
    const came = starting.then(() => this.firstPrompt()).then(() => true);
    if (!(await Promise.race([came, gaveUp]))) return false;
    this.runs = true;
    this.panel.progressDone();
    this.panel.state = 'running';
    this.followVisibility();
    return true;
  }

  /** The saved shell has shown its prompt already: asks for another, and shows what comes from there on. */
  private async firstPrompt(): Promise<void> {
    const { terminal } = this.screen;
    const decoder = new TextDecoder();
    let before: string | undefined = '';
    this.shell.restart();
    this.stopListening();
    const prompt = new Promise<void>((resolve) => {
      this.stopListening = this.lab.onOutput((bytes) => {
        this.shell.receive(bytes);
        if (before === undefined) {
          terminal.write(bytes);
          return;
        }
        before += decoder.decode(bytes, { stream: true });
        if (!this.shell.atPrompt) return;
        // Its line alone: what came before is the Enter, and what bash drew anew because of the size.
        terminal.write(before.slice(before.lastIndexOf('\n') + 1));
        before = undefined;
        resolve();
      });
    });
    const told = this.lab.control(`${setClock()}; ${this.size()}`);
    await Promise.race([told, new Promise((resolve) => setTimeout(resolve, TOLD))]);
    this.lab.input('\r');
    await prompt;
  }

  private tellSize(): void {
    clearTimeout(this.resized);
    if (!this.runs) return;
    this.resized = setTimeout(() => void this.lab.control(this.size()), RESIZED);
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
      return;
    }
    this.lab.resume();
    // The guest's clock stood still.
    void this.lab.control(setClock());
  }

  private showLoading(loaded: number, total: number): void {
    const since = seconds(performance.now() - this.pressed);
    const text =
      loaded < total
        ? this.words.loading(megabytes(loaded), megabytes(total), since)
        : this.words.starting;
    this.panel.progress(text, loaded / total);
  }

  private showKept(bytes: number, done: boolean): void {
    const { packedBytes } = this.manifest.disk;
    const { progress, done: all } = this.words.keep;
    this.panel.say(done ? all : progress(megabytes(bytes), megabytes(packedBytes)));
  }
}

/** Sets the guest's clock by this device's: it stood still since the state was saved. */
function setClock(): string {
  return `date -u -s @${Math.floor(Date.now() / 1000)} > /dev/null`;
}
