import type { CheerioAPI } from 'cheerio';

/** An id that no step can have. */
const SOLUTION = '_solution';

/**
 * Moves the hints and the solution of a task to the end of the lesson, unfolded, with links both
 * ways: in a book, nobody should see them by accident.
 */
export function solutionsLast($: CheerioAPI, text: ReturnType<CheerioAPI>): void {
  const turn = text.find('.turn').first();
  const hints = turn.find('.hint');
  const solution = turn.find('.solution');
  if (solution.length === 0) return;
  const title = solution.children('summary').text();
  const section = $('<section class="solutions">').attr('id', SOLUTION);
  section.append(
    $('<h2>').text(title),
    link($, turn.attr('id') ?? '', turn.children('.label').text()),
  );
  for (const [index, hint] of hints.toArray().entries()) {
    const label = `${$(hint).children('summary').text()} ${index + 1}`;
    section.append($('<p class="label">').text(label), $(hint).children().not('summary'));
  }
  section.append($('<p class="label">').text(title), solution.children().not('summary'));
  const names = [...(hints.length > 0 ? [hints.children('summary').first().text()] : []), title];
  turn.append(link($, SOLUTION, names.join(', ')));
  hints.add(solution).remove();
  text.append(section);
}

function link($: CheerioAPI, to: string, name: string): ReturnType<CheerioAPI> {
  return $('<p class="to-task">').append($('<a>').attr('href', `#${to}`).text(name));
}
