import styles from '../../styles/vm.css?url';
import { LAB_WORDS, type LabWords } from '../../i18n/client/vm.ts';
import type { LabSteps } from '../../try/lab-steps.ts';
import { readVmManifest, type VmManifest } from '../../vm/manifest.ts';
import { loadStyles } from '../styles.ts';
import { languageOf } from '../words.ts';
import { capability, thisBrowser } from './capable.ts';
import { keepPages, kept } from './offline.ts';
import { Panel } from './panel.ts';
import { megabytes } from './numbers.ts';
import type { LessonRunner } from './run/lesson-runner.ts';
import type { Tab } from './tab.ts';

/** What is open on this page. */
interface Opened {
  readonly panel: Panel;
  /** Undefined if the reader wants none, or there can be none. */
  readonly runner: LessonRunner | undefined;
}

let opened: Promise<Opened> | undefined;

/**
 * Opens the reader's own Docker, or shows it again.
 * @param button with the address of the lab's folder
 * @param step to run in it
 */
export async function openLab(button: HTMLElement, step?: HTMLElement): Promise<void> {
  opened ??= open(button);
  const { panel, runner } = await opened.catch((error: unknown) => {
    opened = undefined;
    throw error;
  });
  panel.fold(false);
  if (step !== undefined) await runner?.run(step);
}

async function open(button: HTMLElement): Promise<Opened> {
  const words = LAB_WORDS[languageOf(button)];
  await loadStyles(styles);
  const running: { tab?: Tab } = {};
  let about: () => void = () => undefined;
  const panel = new Panel(words, {
    about: () => about(),
    keep: () => running.tab?.lab.keep(),
    reset: () => void running.tab?.reset(),
    end: () => {
      running.tab?.end();
      panel.remove();
      opened = undefined;
      button.focus();
    },
  });
  panel.focusBar();
  const base = new URL(button.dataset['vm'] ?? '', location.href).href;
  const [manifest, steps] = await Promise.all([loadManifest(base), loadSteps()]);
  if (manifest instanceof Error) {
    panel.fail(words.unable.manifest(manifest.message));
    return { panel, runner: undefined };
  }
  about = () =>
    void Promise.all([import('./about.ts'), running.tab?.figures()]).then(
      ([{ showAbout }, figures]) => showAbout(words, manifest, steps, figures),
    );
  if (!(await isWanted(panel, words, manifest))) {
    if (!panel.element.isConnected) button.focus();
    return { panel, runner: undefined };
  }

  const { Tab: TabClass } = await import('./tab.ts');
  const tab = new TabClass(manifest, base, panel, words);
  running.tab = tab;
  // What is loaded by a later press has to be at hand without a network as well.
  void keepPages(tab.workerAddress).then(() => import('./about.ts'));
  await tab.start();
  tab.screen.terminal.focus();
  if (steps === undefined) return { panel, runner: undefined };
  const { LessonRunner: RunnerClass } = await import('./run/lesson-runner.ts');
  return { panel, runner: new RunnerClass(tab, panel, words, steps, manifest.shell) };
}

/** Whether the machine may be started: asks where it is not clear, and says where it cannot be. */
async function isWanted(panel: Panel, words: LabWords, manifest: VmManifest): Promise<boolean> {
  const able = capability(thisBrowser());
  if (able.kind === 'able') return true;
  if (able.kind === 'unable') {
    panel.fail(words.unable[able.why]);
    return false;
  }
  const bytes = Object.values(manifest.files).reduce((sum, file) => sum + file.bytes, 0);
  const wanted = await panel.ask(words.ask[able.why](megabytes(bytes)));
  if (!wanted) {
    panel.remove();
    opened = undefined;
  }
  return wanted;
}

async function loadManifest(base: string): Promise<VmManifest | Error> {
  try {
    return readVmManifest(await (await kept(`${base}manifest.json`)).text());
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** The steps of the page's lesson; undefined if none was tried in the lab. */
async function loadSteps(): Promise<LabSteps | undefined> {
  const lesson = document.querySelector<HTMLElement>('[data-lesson-page]')?.dataset['lessonPage'];
  if (document.querySelector('[data-runs]') === null || lesson === undefined) return undefined;
  const base = document.documentElement.dataset['base'] ?? '/';
  const response = await kept(`${base}lessons/${lesson}/steps.json`).catch(() => undefined);
  return response === undefined ? undefined : ((await response.json()) as LabSteps);
}
