import { judge } from '../../../core/pasted/judge.ts';
import { PASTED_WORDS } from '../../i18n/client/pasted.ts';
import styles from '../../styles/pasted.css?url';
import { button, element } from '../element.ts';
import { ENGINE_CHOSEN } from '../for-reader.ts';
import { loadStyles } from '../styles.ts';
import { languageOf } from '../words.ts';
import { loadKnown } from './data.ts';
import { expectedSteps } from './expected.ts';
import { told } from './told.ts';

/** Milliseconds after the last change until the text is compared. */
const PAUSE = 300;

/**
 * Opens the panel of a step, or closes it. The text in it is compared here, and goes nowhere else.
 * @param opener the button that was pressed
 */
export async function togglePanel(step: HTMLElement, opener: HTMLElement): Promise<void> {
  const open = step.querySelector<HTMLElement>('.pasted');
  if (open !== null) {
    open.dispatchEvent(new Event('close'));
    return;
  }
  const language = languageOf(step);
  const [known] = await Promise.all([loadKnown(language), loadStyles(styles)]);
  if (step.querySelector('.pasted') !== null) return;
  const words = PASTED_WORDS[language];
  const [input, note, answer] = [`${step.id}-pasted`, `${step.id}-private`, element('output')];
  const text = element('textarea', {
    ...{ id: input, rows: 6, spellcheck: false, autocomplete: 'off', autocapitalize: 'off' },
  });
  text.setAttribute('aria-describedby', note);
  const compare = () => {
    if (text.value.trim() === '') {
      answer.replaceChildren();
      return;
    }
    const steps = expectedSteps();
    const own = steps.find(({ id }) => id === step.id);
    if (own === undefined) return;
    const { messages, declared } = known;
    const others = steps.filter((each) => each !== own);
    const judged = judge(text.value, own, { messages, declared, others });
    answer.replaceChildren(...told(judged, messages, words));
  };
  let waiting: ReturnType<typeof setTimeout> | undefined;
  text.addEventListener('input', () => {
    // What it says is about a text that is no longer there.
    answer.replaceChildren();
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      compare();
      answer.scrollIntoView({ block: 'nearest' });
    }, PAUSE);
  });
  document.addEventListener(ENGINE_CHOSEN, compare);
  const panel = element(
    'section',
    { className: 'pasted', ariaLabel: words.name(step.id) },
    element('label', { htmlFor: input }, words.label),
    text,
    element('p', { id: note }, words.private),
    answer,
    button(words.close, () => panel.dispatchEvent(new Event('close'))),
  );
  panel.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') panel.dispatchEvent(new Event('close'));
  });
  panel.addEventListener('close', () => {
    document.removeEventListener(ENGINE_CHOSEN, compare);
    clearTimeout(waiting);
    panel.remove();
    opener.ariaExpanded = 'false';
    opener.focus();
  });
  step.append(panel);
  opener.ariaExpanded = 'true';
  text.focus();
}
