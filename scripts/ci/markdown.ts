import { counted } from '../../src/core/lesson/counted.ts';
import { fenced } from '../../src/core/lesson/fence.ts';
import { nameOf } from '../../src/core/lesson/id.ts';
import type { Result } from './result.ts';

/** Length limit of GitHub for the text of a pull request or an issue. */
const LIMIT = 65_536;

const CHANGES: Readonly<Record<Result['steps'][number]['change'], string>> = {
  missing: 'not recorded yet',
  stale: 'changed since it was recorded',
  damaged: 'recorded, but a file of the recording is damaged',
  new: 'new',
  edited: 'its commands and their output changed',
  shares: 'recorded with a changed step, whose ids it shows',
  follows: 'follows an edited step, same output',
  source: 'its commands changed, but not their output',
  drift: 'different output',
};

/** One line: how many lessons were run, how many failed, and how many steps changed. */
export function headline({ lessons, failures, steps, problems }: Result): string {
  if (problems.length > 0) return `${counted(problems.length, 'lesson')} cannot be read`;
  // A lesson that differs between two runs has a failure for each of these steps.
  const failed = new Set(failures.map(({ lesson }) => lesson)).size;
  const parts = [
    ...(failed > 0 ? [`${counted(failed, 'lesson')} failed`] : []),
    ...(steps.length > 0 ? [`${counted(steps.length, 'step')} changed`] : []),
  ];
  const total = counted(lessons.length, 'lesson');
  return parts.length === 0 ? `${total}: all as recorded` : `${total}: ${parts.join(', ')}`;
}

/**
 * A run as Markdown for GitHub: a table of the lessons, then each failure and difference. Output of
 * lessons is only put into code fences, where it is not interpreted and cannot mention anybody.
 * @param more address of the full report, which is linked if the text becomes too long
 */
export function asMarkdown(result: Result, more: string): string {
  const parts = [
    ...result.problems.map(
      ({ file, line, title }) => `${fenced(`${file}:${line}: ${title}`, 'text')}\n\n`,
    ),
    table(result),
    ...result.failures.map(failure),
    ...result.steps.map(difference),
  ].filter((part) => part !== '');
  const shown: string[] = [];
  let length = 0;
  for (const part of parts) {
    length += part.length + 1;
    if (length > LIMIT - 1000 - more.length) return [...shown, `Full report: ${more}`].join('\n');
    shown.push(part);
  }
  return shown.join('\n');
}

function table({ lessons, steps, failures }: Result): string {
  if (lessons.length === 0) return '';
  const rows = lessons.map(({ lesson, result }) => {
    const changed = steps.filter((step) => step.lesson === lesson).map(({ step }) => `\`${step}\``);
    const failed = failures.some((one) => one.lesson === lesson);
    return `| \`${lesson}\` | ${failed ? '**failed**' : result} | ${changed.join(', ')} |\n`;
  });
  return `| lesson | result | steps that changed |\n| --- | --- | --- |\n${rows.join('')}`;
}

function failure({
  lesson,
  step,
  file,
  line,
  title,
  screen,
  log,
  difference: between = [],
}: Result['failures'][number]): string {
  const place = file === undefined ? '' : `${file}:${line ?? 1}: `;
  const shown = screen ?? log;
  return [
    `### \`${nameOf(lesson, step)}\` failed`,
    fenced(`${place}${title}`, 'text'),
    ...(shown === undefined || shown.trim() === ''
      ? []
      : ['The last screen:', fenced(shown, 'text')]),
    ...(between.length === 0 ? [] : ['Between two runs:', fenced(between.join('\n'), 'diff')]),
  ]
    .map((part) => `${part}\n`)
    .join('\n');
}

function difference({
  lesson,
  step,
  change,
  masked = [],
  difference: text = [],
}: Result['steps'][number]): string {
  const what = `${nameOf(lesson, step)}: ${CHANGES[change]}`;
  const parts = [
    ...(masked.length === 0 ? [] : [fenced(masked.join('\n'), 'text')]),
    ...(text.length === 0 ? [] : [fenced(text.join('\n'), 'diff')]),
  ];
  if (parts.length === 0) return '';
  return `<details><summary>${what}</summary>\n\n${parts.join('\n\n')}\n\n</details>\n`;
}
