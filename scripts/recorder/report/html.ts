import { createHash } from 'node:crypto';
import { proseAround, type Prose } from '../../../src/core/lesson/prose.ts';
import { lessonMasks, type NamedMask } from '../../../src/core/recording/masks.ts';
import { extraRules } from '../../../src/core/screen/style.ts';
import { isSameScreen, SAME_SCREEN, type Change, type RunChange } from '../compare/change.ts';
import type { LessonResult, RecordResult, Source } from '../result.ts';
import { RunFailure } from '../run/failure.ts';
import type { StepRun } from '../run/step.ts';
import { changedParts } from './changed-parts.ts';
import { pageStyle } from './page-style.ts';
import { escaped } from './printable.ts';
import { screenHtml, styledScreen, type ScreenHtml } from './screens.ts';
import {
  appearanceWords,
  CHANGE_WORDS,
  changeFix,
  exitWords,
  maskedWords,
  pictureWords,
  sideNames,
} from './sentences.ts';
import {
  changeText,
  details,
  labFailures,
  labFailureText,
  orphanText,
  runFailureText,
  summary,
} from './text.ts';

/** A part of the page, with its entries in the table of contents and the colors that it needs. */
interface Part {
  readonly html: string;
  readonly entries: readonly { readonly id: string; readonly text: string }[];
  readonly classes: readonly string[];
}

/**
 * The run as one self-contained page without scripts: each changed step before and after, with the
 * prose around it, and each failure with its last screen. Terminal output is shown as text.
 * @param now when the run ended
 */
export async function asHtml(result: RecordResult, now: Date): Promise<string> {
  const { lessons, orphans, problems, written } = result;
  const unreadable = 'Lessons that cannot be read';
  const parts = [
    ...(problems.length > 0 ? [part('problems', unreadable, details(result))] : []),
    ...(await Promise.all(lessons.map((lesson) => lessonPart(lesson, written)))),
    ...labFailures(lessons).map((failed, index) => {
      const entry = `the lab failed: ${failed.lessons.join(', ')} not run`;
      return part(`lab.${index}`, 'The lab failed', [labFailureText(failed)], entry);
    }),
    ...orphans.map((name, index) => {
      const entry = `${name}: recordings of no lesson`;
      return part(`orphan.${index}`, name, [orphanText(name, written)], entry);
    }),
  ];
  const entries = parts.flatMap((part) => part.entries);
  const style = pageStyle + extraRules(parts.flatMap(({ classes }) => classes));
  const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`;
  const toc =
    entries.length < 2
      ? ''
      : `<nav aria-label="On this page"><ul class="toc">${entries
          .map(({ id, text }) => `<li><a href="#${id}">${escaped(text)}</a></li>`)
          .join('')}</ul></nav>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Recordings: ${escaped(summary(result))}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>Recordings</h1>
<p class="sum">${escaped(summary(result))}</p>
<p class="where">${now.toISOString().slice(0, 16).replace('T', ' ')} UTC, ${result.written ? 'the changes were written' : 'nothing was written'}</p>
</header>
<main>
${entries.length === 0 ? '<p>Every step is as recorded.</p>' : LEGEND}
${toc}
${parts.map(({ html }) => html).join('\n')}
</main>
</body>
</html>
`;
}

const LEGEND =
  '<p class="legend">Changed: <del>recorded</del>, <ins>now</ins>. <mark>Underlined with dots</mark>: it differs in every run and is not compared.</p>';

/** A part that belongs to no single lesson. */
function part(id: string, title: string, messages: readonly string[], entry = title): Part {
  const html = `<h2 id="${id}">${escaped(title)}</h2>${messages.map(message).join('')}`;
  return { html, entries: [{ id, text: entry }], classes: [] };
}

async function lessonPart(result: LessonResult, written: boolean): Promise<Part> {
  const { lesson, source, changes, failure } = result;
  const of = (shows: (change: Change) => boolean) =>
    Promise.all(changes.filter(shows).map((change) => changePart(change, source, written)));
  const parts = [
    ...(failure instanceof RunFailure ? [failurePart(lesson, source, failure)] : []),
    ...(await of((change) => !('name' in change) && !isSameScreen(change))),
    ...sameScreens(result),
    ...(await of((change) => 'name' in change)),
  ];
  if (parts.length === 0) return { html: '', entries: [], classes: [] };
  const { title } = source.lesson.frontMatter;
  return {
    html: [`<h2>${escaped(title)}</h2>`, ...parts.map(({ html }) => html)].join('\n'),
    entries: parts.flatMap(({ entries }) => entries),
    classes: parts.flatMap(({ classes }) => classes),
  };
}

function failurePart(lesson: string, source: Source, failure: RunFailure): Part {
  const name = failure.step ?? `line ${failure.problem.line}`;
  const { before, after } = proseHtml(source, name);
  return section(lesson, name, 'failed', before + message(runFailureText(failure)) + after);
}

async function changePart(change: Change, source: Source, written: boolean): Promise<Part> {
  const { id: lesson } = source.lesson;
  if (!('after' in change)) {
    const name = 'name' in change ? change.name : change.step;
    const text = changeText(lesson, change, written);
    return section(lesson, name, CHANGE_WORDS[change.kind], message(text));
  }
  const around = proseHtml(source, change.step);
  const difference = 'difference' in change ? change.difference : undefined;
  const { picture, appearance } = difference ?? {};
  const figures = await figuresOf(change, lessonMasks(source.lesson));
  const html = [
    `<p class="where">${escaped(`${change.file}:${change.line}`)}</p>`,
    around.before,
    change.kind === 'noise' ? message(`to fix:   ${changeFix(lesson, change, written)}`) : '',
    ...maskedWords(difference ?? {}, sideNames(change)).map(
      (words) => `<p>Masked: ${escaped(words)}.</p>`,
    ),
    picture ? `<p>Its picture: ${escaped(pictureWords(picture))}.</p>` : '',
    appearance ? `<p>The same text: ${escaped(appearanceWords(appearance))}</p>` : '',
    `<div class="pair${figures.length > 1 ? ' two' : ''}">${figures.map(({ html }) => html).join('')}</div>`,
    around.after,
  ].join('');
  return {
    ...section(lesson, change.step, CHANGE_WORDS[change.kind], html),
    classes: figures.flatMap(({ classes }) => classes),
  };
}

/**
 * The screens of a change: before, if there was one, and after, with what is not the same marked.
 */
async function figuresOf(change: RunChange, masks: readonly NamedMask[]): Promise<ScreenHtml[]> {
  const difference = 'difference' in change ? change.difference : undefined;
  const appearance = difference?.appearance;
  const text = difference?.text;
  const marks =
    text && 'before' in change
      ? changedParts(change.before.screen, change.after.screen, text, masks)
      : undefined;
  const what = appearance ? 'styles' : 'text';
  const isExitChanged = difference !== undefined && difference.statuses.length > 0;
  const names = sideNames(change);
  const figure = async (run: StepRun, side: 'before' | 'after') => {
    const { screen, marks: changed } =
      appearance?.kind === 'styles'
        ? appearance[side]
        : { screen: await styledScreen(run), marks: marks?.[side] ?? new Map() };
    const [name, look] =
      side === 'before' ? [names[0], 'was' as const] : [names[1], 'now' as const];
    const { html, classes } = screenHtml(screen, run.commands, changed, masks, look, what);
    const tag = isExitChanged ? 'strong' : 'span';
    const status = `<${tag}>exit ${exitWords(run.commands)}</${tag}>`;
    const caption = `<figcaption><span>${name}</span>${status}</figcaption>`;
    return { html: `<figure>${caption}${html}</figure>`, classes };
  };
  return [
    ...('before' in change ? [await figure(change.before, 'before')] : []),
    await figure(change.after, 'after'),
  ];
}

/** Steps without a difference, together. */
function sameScreens({ lesson, changes }: LessonResult): Part[] {
  return SAME_SCREEN.flatMap((kind) => {
    const steps = changes.flatMap((change) => (change.kind === kind ? [change.step] : []));
    if (steps.length === 0) return [];
    const name = steps.length > 1 ? `${steps.length} steps` : (steps[0] ?? '');
    const html = `<p class="where">${escaped(steps.join(', '))}</p>`;
    const id = steps.length > 1 ? `${kind}-${name}` : name;
    return [section(lesson, name, CHANGE_WORDS[kind], html, id)];
  });
}

/** @param anchor the part of its id that is unique in the lesson */
function section(lesson: string, name: string, kind: string, html: string, anchor = name): Part {
  const id = `${lesson}.${anchor}`.replace(/[^\w.-]/g, '-');
  return {
    html: `<section class="step" id="${id}"><h3>${escaped(name)} <span class="kind">${escaped(kind)}</span></h3>${html}</section>`,
    entries: [{ id, text: `${lesson}, ${name}: ${kind}` }],
    classes: [],
  };
}

function proseHtml({ text, steps }: Source, step: string): { before: string; after: string } {
  const line = steps.find(({ id }) => id === step)?.line ?? 0;
  const { before, after } = proseAround(text, line);
  return { before: before.map(paragraph).join(''), after: after.map(paragraph).join('') };
}

function paragraph(prose: Prose): string {
  const parts = prose.map(({ text, code }) =>
    code ? `<code>${escaped(text)}</code>` : escaped(text),
  );
  return `<p class="prose">${parts.join('')}</p>`;
}

function message(text: string): string {
  return `<pre class="message">${escaped(text)}</pre>`;
}
