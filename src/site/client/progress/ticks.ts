import { announce } from '../announce.ts';
import { wordsFor } from '../words.ts';
import { lessonProgress, withLesson, withStep } from './model.ts';
import { loadProgress, onProgress, saveProgress } from './store.ts';

/** Event dispatched by a step whose recording was played to its end. */
export const PLAYED = 'played';

/**
 * Adds a tick to each step of a lesson, and the button at the end for the whole lesson. A step is
 * ticked by hand or by watching its recording to the end, not by scrolling past or copying.
 */
export function addTicks(): void {
  const lesson = document.querySelector<HTMLElement>('[data-lesson-page]')?.dataset['lessonPage'];
  if (lesson === undefined) return;
  const steps = [...document.querySelectorAll<HTMLElement>('.step[data-rows]')];
  const all = steps.map(({ id }) => id);
  const set = (step: string, ticked: boolean) =>
    saveProgress(withStep(loadProgress(), lesson, step, ticked, all));

  for (const step of steps) {
    const tick = tickButton(step);
    tick.addEventListener('click', () => set(step.id, !isPressed(tick)));
    step.addEventListener(PLAYED, () => {
      if (isPressed(tick)) return;
      set(step.id, true);
      sayPlayed(step, tick);
    });
    step.querySelector('.foot')?.append(tick);
    onProgress((progress) => press(tick, lessonProgress(progress, lesson).steps.includes(step.id)));
  }
  addFinish(lesson);
}

function addFinish(lesson: string): void {
  const button = document.querySelector<HTMLElement>('[data-finish]');
  if (button === null) return;
  const following = document.querySelector<HTMLElement>('.finish [rel=next]')?.dataset['next'];
  button.addEventListener('click', () =>
    saveProgress(withLesson(loadProgress(), lesson, !isPressed(button), following)),
  );
  onProgress((progress) => press(button, lessonProgress(progress, lesson).done));
}

function tickButton(step: HTMLElement): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'done';
  const words = wordsFor(step).progress;
  button.setAttribute('aria-label', words.step(step.id));
  const tick = document.createElement('i');
  tick.className = 'tick';
  button.append(tick, words.done);
  return button;
}

/** Shows that a step was ticked at the end of its recording. */
function sayPlayed(step: HTMLElement, tick: HTMLElement): void {
  const words = wordsFor(step).progress;
  announce(words.ticked(step.id));
  const note = document.createElement('span');
  note.className = 'note';
  note.textContent = words.played;
  tick.prepend(note);
  setTimeout(() => note.remove(), SAID);
}

/** Milliseconds for which a tick shows this. */
const SAID = 5000;

function isPressed(button: HTMLElement): boolean {
  return button.getAttribute('aria-pressed') === 'true';
}

function press(button: HTMLElement, pressed: boolean): void {
  button.setAttribute('aria-pressed', String(pressed));
}
