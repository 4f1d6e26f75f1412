import type { CheerioAPI } from 'cheerio';
import { escapeHtml } from '../../src/core/screen/escape.ts';

/** An id that no step can have. */
const SOLUTION = '_solution';

/**
 * Moves the hints and the solution of a task to the end of the lesson, unfolded, with links both
 * ways: in a book, nobody should see them by accident. Without answers, only the hints.
 */
export function solutionsLast($: CheerioAPI, text: ReturnType<CheerioAPI>, answers: boolean): void {
  const turn = text.find('.turn').first();
  const hints = turn.find('.hint');
  const solution = turn.find('.solution');
  if (!answers) solution.replaceWith(anchorsOf($, solution));
  const told = solution.filter(() => answers);
  if (told.length + hints.length === 0) return;
  const titles = [hints, told].flatMap((folds) =>
    folds.length > 0 ? [folds.first().children('summary').text()] : [],
  );
  const title = titles.at(-1) ?? '';
  const section = $('<section class="solutions">').attr('id', SOLUTION);
  section.append(
    $('<h2>').text(title),
    link($, turn.attr('id') ?? '', turn.children('.label').text()),
  );
  for (const [index, hint] of hints.toArray().entries()) {
    const label = `${$(hint).children('summary').text()} ${index + 1}`;
    section.append($('<p class="label">').text(label), $(hint).children().not('summary'));
  }
  if (told.length > 0)
    section.append($('<p class="label">').text(title), told.children().not('summary'));
  turn.append(link($, SOLUTION, titles.join(', ')));
  hints.add(told).remove();
  text.append(section);
}

/** Empty elements with the ids of what is left out, since other pages link to them. */
export function anchorsOf($: CheerioAPI, omitted: ReturnType<CheerioAPI>): string {
  const ids = omitted.find('[id]').toArray();
  return ids
    .map((element) => `<span id="${escapeHtml($(element).attr('id') ?? '')}"></span>`)
    .join('');
}

function link($: CheerioAPI, to: string, name: string): ReturnType<CheerioAPI> {
  return $('<p class="to-task">').append($('<a>').attr('href', `#${to}`).text(name));
}
