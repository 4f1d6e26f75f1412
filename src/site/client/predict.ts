import { announce } from './announce.ts';
import { lessonProgress, withGuess } from './progress/model.ts';
import { loadProgress, saveProgress } from './progress/store.ts';
import { wordsFor } from './words.ts';

/**
 * The first answer that a reader opens is the prediction: the screen is uncovered, the right
 * answers are marked, and the choice is stored. Readers who have looked first only read the
 * answers.
 */
export function addPredictions(): void {
  const lesson = document.querySelector<HTMLElement>('[data-lesson-page]')?.dataset['lessonPage'];
  if (lesson === undefined) return;
  const { guesses = {} } = lessonProgress(loadProgress(), lesson);
  for (const predict of document.querySelectorAll<HTMLElement>('.predict')) {
    const { step = '' } = predict.dataset;
    const cover = predict.querySelector<HTMLDetailsElement>('.cover');
    if (cover === null) continue;
    const stored = answersOf(predict)[guesses[step]?.choice ?? -1];
    if (stored !== undefined) {
      showChoice(predict, stored);
      cover.open = true;
      continue;
    }
    const guess = (choice: number, right: boolean) => {
      cover.open = true;
      saveProgress(withGuess(loadProgress(), lesson, step, choice, right));
    };
    onPrediction(predict, guess, () => cover.open);
  }
}

/**
 * Calls back with the first answer that a reader opens, and marks the right ones. After a wrong
 * guess, these open as well, so that the reader sees why they are right.
 * @param guess receives the 0-based position of the answer, and whether it is right
 * @param knows whether the reader has seen which are right
 */
export function onPrediction(
  predict: HTMLElement,
  guess: (choice: number, right: boolean) => void,
  knows: () => boolean = () => false,
): void {
  const answers = answersOf(predict);
  answers.forEach((answer, index) =>
    answer.querySelector('summary')?.addEventListener('click', () => {
      if (predict.matches('.answered') || knows()) return;
      showChoice(predict, answer);
      guess(index, isRight(answer));
      const words = wordsFor(predict).predict;
      const rights = answers.filter(isRight);
      if (!isRight(answer)) for (const right of rights) right.open = true;
      const letters = rights.map((one) => one.querySelector('b')?.textContent);
      announce(isRight(answer) ? words.right : words.wrong(letters.join(', ')));
    }),
  );
}

function showChoice(predict: HTMLElement, choice: HTMLElement): void {
  predict.classList.add('answered');
  choice.classList.add('mine');
  choice.querySelector('.verdict')?.append(` · ${wordsFor(predict).predict.mine}`);
}

function answersOf(predict: HTMLElement): HTMLDetailsElement[] {
  return [...predict.querySelectorAll<HTMLDetailsElement>('.answer')];
}

function isRight(answer: HTMLElement): boolean {
  return answer.dataset['right'] !== undefined;
}
