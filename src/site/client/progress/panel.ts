import {
  encodeProgress,
  lessonProgress,
  merged,
  NOTHING,
  parseProgress,
  ProgressError,
  type Progress,
} from './model.ts';
import { PROGRESS_WORDS } from '../../i18n/client/progress.ts';
import { element } from '../element.ts';
import { languageOf } from '../words.ts';
import { current, loadProgress, onProgress, saveProgress } from './store.ts';

/** Milliseconds within which a second press erases. */
const SURE = 4000;

/**
 * The panel on the start page: the reader's progress, where to continue, and export and import as a
 * file.
 */
export function addProgressPanel(): void {
  const panel = document.querySelector<HTMLElement>('[data-progress]');
  const said = panel?.querySelector<HTMLElement>('[role=status]');
  if (panel === null || said === null || said === undefined) return;
  const say = (text: string) => (said.textContent = text);
  onProgress((progress) => {
    say(summary(progress));
    leadOn(progress);
  });
  panel.querySelector('[data-export]')?.addEventListener('click', () => {
    download('you-like-docker-progress.json', encodeProgress(loadProgress()));
  });
  const input = panel.querySelector<HTMLInputElement>('[data-import]');
  input?.addEventListener('change', () => {
    const [file] = input.files ?? [];
    if (file !== undefined) void file.text().then((text) => say(taken(text)));
    input.value = '';
  });
  const erase = panel.querySelector<HTMLElement>('[data-erase]');
  if (erase !== null) addErase(erase, say);
}

const words = () => PROGRESS_WORDS[languageOf(document.documentElement)];

function summary(progress: Progress): string {
  const boxes = [...document.querySelectorAll<HTMLElement>('.box[data-lesson]')];
  const states = boxes.map((box) => lessonProgress(progress, box.dataset['lesson'] ?? ''));
  const done = states.filter((state) => state.done).length;
  const steps = states.reduce((sum, state) => sum + state.steps.length, 0);
  if (done === 0 && steps === 0) return words().none;
  return done === states.length ? words().all(done) : words().some(done, states.length, steps);
}

/** Makes the first link lead to the lesson to continue with. */
function leadOn({ next }: Progress): void {
  const door = document.querySelector<HTMLAnchorElement>('[data-go-on]');
  const box = next && document.querySelector<HTMLAnchorElement>(`[data-lesson="${next}"] a`);
  if (door === null) return;
  door.dataset['first'] ??= door.href;
  door.href = box ? box.href : door.dataset['first'];
}

/** Merges a file's progress into the reader's and reports the result. */
function taken(text: string): string {
  try {
    const progress = merged(loadProgress(), current(parseProgress(text)));
    const kept = saveProgress(progress);
    return `${summary(progress)} ${kept ? words().added : words().notKept}`;
  } catch (error) {
    if (!(error instanceof ProgressError)) throw error;
    return words().refused(error.fault);
  }
}

function addErase(button: HTMLElement, say: (text: string) => void): void {
  const asked = button.textContent;
  let sure: ReturnType<typeof setTimeout> | undefined;
  const calm = () => {
    clearTimeout(sure);
    sure = undefined;
    button.textContent = asked;
  };
  button.addEventListener('click', () => {
    if (sure === undefined) {
      button.textContent = words().sure;
      sure = setTimeout(calm, SURE);
      return;
    }
    calm();
    saveProgress(NOTHING);
    say(words().erased);
  });
}

function download(name: string, text: string): void {
  const href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  element('a', { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 1000);
}
