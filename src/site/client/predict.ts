import { announce } from './announce.ts';
import { lessonProgress, withGuess } from './progress/model.ts';
import { loadProgress, saveProgress } from './progress/store.ts';
import { wordsFor } from './words.ts';

/**
 * The first answer that a reader opens is the prediction: the screen is uncovered, the right answers
 * are marked, and the choice is stored. Readers who have looked first only read the answers.
 */
export function addPredictions(): void {
  const lesson = document.querySelector<HTMLElement>('[data-lesson-page]')?.dataset['lessonPage'];
  if (lesson === undefined) return;
  const { guesses = {} } = lessonProgress(loadProgress(), lesson);
  for (const predict of document.querySelectorAll<HTMLElement>('.predict')) {
    const { step = '' } = predict.dataset;
    const cover = predict.querySelector<HTMLDetailsElement>('.cover');
    const answers = [...predict.querySelectorAll<HTMLDetailsElement>('.answer')];
    if (cover === null) continue;
    const show = (choice: HTMLElement) => {
      predict.classList.add('answered');
      choice.classList.add('mine');
      choice.querySelector('.verdict')?.append(` · ${wordsFor(predict).predict.mine}`);
      cover.open = true;
    };
    const stored = answers[guesses[step]?.choice ?? -1];
    if (stored !== undefined) show(stored);
    answers.forEach((answer, index) =>
      answer.querySelector('summary')?.addEventListener('click', () => {
        if (cover.open || predict.matches('.answered')) return;
        show(answer);
        const right = isRight(answer);
        saveProgress(withGuess(loadProgress(), lesson, step, index, right));
        const words = wordsFor(predict).predict;
        const letters = answers.filter(isRight).map((one) => one.querySelector('b')?.textContent);
        announce(right ? words.right : words.wrong(letters.join(', ')));
      }),
    );
  }
}

function isRight(answer: HTMLElement): boolean {
  return answer.dataset['right'] !== undefined;
}
