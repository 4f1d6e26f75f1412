import {
  agendaOf,
  clock,
  encodeChoice,
  fitting,
  parseChoice,
  type Choice,
} from '../../core/lesson/agenda.ts';
import { AGENDA_WORDS } from '../i18n/client/agenda.ts';
import { agendaRows, type AgendaLesson } from './agenda-rows.ts';
import { languageOf } from './words.ts';

/* The script of the page for teachers. */

const form = document.querySelector<HTMLFormElement>('[data-agenda]');
if (form !== null) addAgenda(form);

/** The teacher's own agenda: follows the form, and the address keeps what was chosen. */
function addAgenda(form: HTMLFormElement): void {
  const [start, hours] = ['start', 'hours'].map((name) => form.elements.namedItem(name));
  const rows = form.querySelector('tbody');
  const said = form.querySelector('[role=status]');
  if (!(start instanceof HTMLInputElement && hours instanceof HTMLInputElement)) return;
  if (rows === null || said === null) return;
  const lessons = JSON.parse(form.dataset['agenda'] ?? '[]') as readonly AgendaLesson[];
  const boxes = [...form.querySelectorAll<HTMLInputElement>('[name=lessons]')];
  const words = AGENDA_WORDS[languageOf(document.documentElement)];

  const show = (choice: Choice) => {
    const picked =
      choice.lessons === undefined
        ? fitting(
            lessons.filter(({ isCore }) => isCore),
            choice,
          )
        : lessons.filter(({ id }) => choice.lessons?.includes(id));
    const agenda = agendaOf(picked, choice);
    start.value = clock(choice.start);
    hours.value = String(choice.length / 60);
    for (const box of boxes) box.checked = picked.some(({ id }) => id === box.value);
    rows.innerHTML = agendaRows(agenda, words);
    said.textContent = agenda.over > 0 ? words.over(agenda.over) : '';
    form.toggleAttribute('data-chosen', encodeChoice(choice) !== '');
  };
  const choose = (picks: Pick<Choice, 'lessons'>) => {
    const asked = parseChoice(`?start=${start.value}&hours=${hours.value}`);
    const choice = { start: asked.start, length: asked.length, ...picks };
    history.replaceState(null, '', `${location.pathname}${encodeChoice(choice)}`);
    show(choice);
  };
  form.addEventListener('change', () =>
    choose({ lessons: boxes.filter(({ checked }) => checked).map(({ value }) => value) }),
  );
  form.querySelector('[data-fit]')?.addEventListener('click', () => choose({}));
  form.querySelector('[data-print]')?.addEventListener('click', () => print());
  show(parseChoice(location.search));
}
