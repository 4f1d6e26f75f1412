import styles from './browser-lab.css?url';
import { LAB_WORDS, type LabWords } from '../../site/i18n/client/browser-lab.ts';
import type { LabSteps } from '../../core/run/lab-steps.ts';
import { readVmManifest, type VmManifest } from '../format/manifest.ts';
import { loadStyles } from '../../site/client/styles.ts';
import { languageOf } from '../../site/client/words.ts';
import { capability, thisBrowser } from './capable.ts';
import { keepPages, kept } from '../offline/register.ts';
import { Panel } from './panel.ts';
import { megabytes } from './numbers.ts';
import type { LessonRunner } from '../lesson/lesson-runner.ts';
import type { Ports } from '../ports/ports.ts';
import type { Tab } from './tab.ts';

/** The lab that is open on this page. */
interface Opened {
  readonly panel: Panel;
  /** Undefined if the reader declined the lab, or if it cannot run. */
  readonly runner: LessonRunner | undefined;
}

let opened: Promise<Opened> | undefined;

/**
 * Opens the browser lab, or shows it again.
 * @param button has the address of the lab's folder
 * @param step a step to run in it
 */
export async function openLab(button: HTMLElement, step?: HTMLElement): Promise<void> {
  const opening = (opened ??= open(button));
  const { panel, runner } = await opening.catch((error: unknown) => {
    if (opened === opening) opened = undefined;
    throw error;
  });
  panel.fold(false);
  if (step !== undefined) await runner?.run(step);
}

/** What the panel's buttons act on, as far as it exists. */
interface Parts {
  about?: () => void;
  tab?: Tab;
  ports?: Ports;
  runner?: LessonRunner;
}

async function open(button: HTMLElement): Promise<Opened> {
  const words = LAB_WORDS[languageOf(button)];
  await loadStyles(styles);
  const parts: Parts = {};
  const close = () => {
    if (!panel.isOpen()) return;
    parts.runner?.end();
    parts.ports?.end();
    parts.tab?.end();
    panel.remove();
    opened = undefined;
    button.focus();
  };
  const panel = new Panel(words, {
    about: () => parts.about?.(),
    keep: () => parts.tab?.keep(),
    reset: () => void parts.tab?.reset(),
    end: close,
  });
  panel.focusBar();
  try {
    if (!(await fill(panel, parts, button, words))) close();
  } catch (error) {
    close();
    throw error;
  }
  return { panel, runner: parts.runner };
}

/**
 * Loads the machine and its parts while the panel is open.
 * @returns false if the reader declined
 */
async function fill(
  panel: Panel,
  parts: Parts,
  button: HTMLElement,
  words: LabWords,
): Promise<boolean> {
  const base = new URL(button.dataset['vm'] ?? '', location.href).href;
  const [manifest, steps] = await Promise.all([loadManifest(base), loadSteps()]);
  if (!panel.isOpen()) return true;
  if (manifest instanceof Error) {
    panel.fail(words.unable.manifest(manifest.message));
    return true;
  }
  parts.about = () =>
    void Promise.all([import('./about.ts'), parts.tab?.lab.measure()]).then(
      ([{ showAbout }, figures]) => {
        const forget = () => parts.tab?.lab.forget();
        showAbout({ words, manifest, base, steps, figures, forget });
      },
    );
  const able = capability(thisBrowser());
  if (able.kind === 'unable') {
    panel.fail(words.unable[able.why]);
    return true;
  }
  if (able.kind === 'ask') {
    const bytes = Object.values(manifest.files).reduce((sum, file) => sum + file.bytes, 0);
    if (!(await panel.ask(words.ask[able.why](megabytes(bytes))))) return false;
  }

  const [{ Tab: TabClass }, { Ports: PortsClass }] = await Promise.all([
    import('./tab.ts'),
    import('../ports/ports.ts'),
  ]);
  if (!panel.isOpen()) return true;
  const lesson = lessonOfPage() ?? '';
  const tab = (parts.tab = new TabClass(manifest, base, lesson, panel, words, steps?.images));
  parts.ports = new PortsClass(tab, panel, words);
  // What is loaded on a later press must be available offline as well.
  void keepPages(tab.workerAddress).then(() => import('./about.ts'));
  if (await tab.start()) tab.screen.terminal.focus();
  if (steps === undefined) return true;
  const { LessonRunner: RunnerClass } = await import('../lesson/lesson-runner.ts');
  // Also if the machine did not start, since it may start after a reset.
  if (panel.isOpen()) parts.runner = new RunnerClass(tab, panel, words, steps, manifest);
  return true;
}

async function loadManifest(base: string): Promise<VmManifest | Error> {
  try {
    return readVmManifest(await (await kept(`${base}manifest.json`)).text());
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** The steps of the page's lesson; undefined if none of them run in the lab. */
async function loadSteps(): Promise<LabSteps | undefined> {
  const lesson = lessonOfPage();
  if (document.querySelector('[data-runs]') === null || lesson === undefined) return undefined;
  const base = document.documentElement.dataset['base'] ?? '/';
  const response = await kept(`${base}lessons/${lesson}/steps.json`).catch(() => undefined);
  return response === undefined ? undefined : ((await response.json()) as LabSteps);
}

function lessonOfPage(): string | undefined {
  return document.querySelector<HTMLElement>('[data-lesson-page]')?.dataset['lessonPage'];
}
