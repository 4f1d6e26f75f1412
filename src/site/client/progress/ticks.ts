import { announce } from '../announce.ts';
import { button, element } from '../element.ts';
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
    const words = wordsFor(step).progress;
    const tick = button('', () => set(step.id, !isPressed(tick)), {
      className: 'done',
      ariaLabel: words.step(step.id),
    });
    tick.append(element('i', { className: 'tick' }), words.done);
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
  const finish = document.querySelector<HTMLElement>('[data-finish]');
  if (finish === null) return;
  const following = document.querySelector<HTMLElement>('.finish [rel=next]')?.dataset['next'];
  finish.addEventListener('click', () =>
    saveProgress(withLesson(loadProgress(), lesson, !isPressed(finish), following)),
  );
  onProgress((progress) => press(finish, lessonProgress(progress, lesson).done));
}

/** Shows that a step was ticked at the end of its recording. */
function sayPlayed(step: HTMLElement, tick: HTMLElement): void {
  const words = wordsFor(step).progress;
  announce(words.ticked(step.id));
  const note = element('span', { className: 'note' }, words.played);
  tick.prepend(note);
  const remove = () => note.remove();
  tick.addEventListener('click', remove, { once: true });
  setTimeout(remove, SAID);
}

/** Milliseconds for which a tick shows this. */
const SAID = 5000;

function isPressed(tick: HTMLElement): boolean {
  return tick.ariaPressed === 'true';
}

function press(tick: HTMLElement, pressed: boolean): void {
  tick.ariaPressed = String(pressed);
}
