import { createHash } from 'node:crypto';
import { proseAround, type Prose } from '../../../src/core/lesson/prose.ts';
import { ownMasks } from '../../../src/core/recording/masks.ts';
import { changedStyles } from '../../../src/core/recording/styles.ts';
import { escapeHtml } from '../../../src/core/screen/html.ts';
import { extraRules } from '../../../src/core/screen/style.ts';
import { RunFailure } from '../run/failure.ts';
import { isSameScreen, type Change } from '../compare/outcome.ts';
import type { LessonResult, RecordResult, Source } from '../record.ts';
import { changedParts } from './difference.ts';
import { pageStyle } from './page-style.ts';
import { printable } from './printable.ts';
import { screenHtml, styledScreen } from './screens.ts';
import {
  CHANGE_WORDS,
  details,
  exitWords,
  labFailures,
  labFailureText,
  orphanText,
  pendingText,
  runFailureText,
  removedText,
  summary,
} from './text.ts';

/** A part of the page, with what the table of contents says of it and the colours that it needs. */
interface Part {
  readonly html: string;
  readonly entries: readonly { readonly id: string; readonly text: string }[];
  readonly classes: readonly string[];
}

/**
 * The run as one page that needs nothing else: each changed step before and after, with the prose around it, and
 * each failure with the screen as it stood. It loads nothing and runs no script, and what a terminal printed is
 * shown as text.
 * @param now when the run ended
 */
export async function asHtml(result: RecordResult, check: boolean, now: Date): Promise<string> {
  const parts = [
    ...problemParts(result, check),
    ...(await Promise.all(
      result.lessons.map((lesson) => lessonPart(lesson, result.sources.get(lesson.lesson), check)),
    )),
    ...labParts(result),
    ...orphanParts(result, check),
  ];
  const entries = parts.flatMap((part) => part.entries);
  const style = pageStyle + extraRules(parts.flatMap(({ classes }) => classes));
  const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`;
  const toc =
    entries.length < 2
      ? ''
      : `<nav aria-label="On this page"><ul class="toc">${entries
          .map(({ id, text }) => `<li><a href="#${id}">${escape(text)}</a></li>`)
          .join('')}</ul></nav>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Recordings: ${escape(summary(result))}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>Recordings</h1>
<p class="sum">${escape(summary(result))}</p>
<p class="where">${now.toISOString().slice(0, 16).replace('T', ' ')} UTC, ${check ? 'nothing was written' : 'what changed was written'}</p>
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

function problemParts(result: RecordResult, check: boolean): Part[] {
  if (result.problems.length === 0) return [];
  const html = `<h2 id="problems">Lessons that cannot be read</h2>${details(result, check).map(message).join('')}`;
  return [
    { html, entries: [{ id: 'problems', text: 'Lessons that cannot be read' }], classes: [] },
  ];
}

function labParts({ lessons }: RecordResult): Part[] {
  return labFailures(lessons).map((failed, index) => ({
    html: `<h2 id="lab.${index}">The lab failed</h2>${message(labFailureText(failed))}`,
    entries: [
      { id: `lab.${index}`, text: `the lab failed: ${failed.lessons.join(', ')} not played` },
    ],
    classes: [],
  }));
}

function orphanParts({ orphans }: RecordResult, check: boolean): Part[] {
  return orphans.map((name, index) => ({
    html: `<h2 id="orphan.${index}">${escape(name)}</h2>${message(orphanText(name, check))}`,
    entries: [{ id: `orphan.${index}`, text: `${name}: recordings of no lesson` }],
    classes: [],
  }));
}

async function lessonPart(
  result: LessonResult,
  source: Source | undefined,
  check: boolean,
): Promise<Part> {
  const parts = await partsOf(result, source, check);
  if (parts.length === 0) return { html: '', entries: [], classes: [] };
  const title = source?.lesson.frontMatter.title ?? result.lesson;
  return {
    html: [`<h2>${escape(title)}</h2>`, ...parts.map(({ html }) => html)].join('\n'),
    entries: parts.flatMap(({ entries }) => entries),
    classes: parts.flatMap(({ classes }) => classes),
  };
}

async function partsOf(
  result: LessonResult,
  source: Source | undefined,
  check: boolean,
): Promise<Part[]> {
  switch (result.kind) {
    case 'as recorded':
      return [];
    case 'pending':
      return [
        ...[...result.steps].map(([step, why]) =>
          section(result, step, why, message(pendingText(result, step, source))),
        ),
        ...leftOverParts(result, result.leftOver, true),
      ];
    case 'failed': {
      const { failure } = result;
      if (!(failure instanceof RunFailure)) return [];
      const name = failure.step ?? `line ${failure.problem.line}`;
      const around =
        source === undefined ? NOTHING : proseHtml(source.text, stepLine(source, name));
      return [
        section(
          result,
          name,
          'failed',
          around.before + message(runFailureText(failure)) + around.after,
        ),
      ];
    }
    case 'noisy':
      return Promise.all(result.changes.map((change) => changePart(result, change, source)));
    case 'changed':
      return [
        ...(await Promise.all(
          result.changes
            .filter((change) => !isSameScreen(change))
            .map((change) => changePart(result, change, source)),
        )),
        ...sameScreens(result),
        ...leftOverParts(result, result.removed, check),
      ];
  }
}

function leftOverParts(
  result: Extract<LessonResult, { kind: 'changed' | 'pending' }>,
  names: readonly string[],
  check: boolean,
): Part[] {
  return names.map((name) =>
    section(result, name, 'left over', message(removedText(result, name, check))),
  );
}

const NOTHING = { before: '', after: '' };

async function changePart(
  result: Extract<LessonResult, { kind: 'changed' | 'noisy' }>,
  { step, line, kind, before, after, picture, showing, fix }: Change,
  source: Source | undefined,
): Promise<Part> {
  const where = `${result.file}:${line}`;
  const own = source === undefined ? [] : ownMasks(source.lesson);
  const around =
    source === undefined ? NOTHING : proseHtml(source.text, stepLine(source, step) || line);
  const now = await styledScreen(after);
  const was = before && (await styledScreen(before));
  const marks =
    was && showing !== undefined
      ? changedStyles(was, now, own)
      : changedParts(before?.screen ?? after.screen, after.screen, own);
  const what = showing === undefined ? 'text' : 'styles';
  const nowHtml = screenHtml(now, after.typed, marks.after, own, 'now', what);
  const wasHtml = was && screenHtml(was, before.typed, marks.before, own, 'was', what);
  const otherExits = before !== undefined && String(before.exits) !== String(after.exits);
  const figure = (name: string, exits: readonly (number | null)[], html: string) => {
    const status = `exit ${exitWords(exits)}`;
    return `<figure><figcaption><span>${name}</span>${otherExits ? `<strong>${status}</strong>` : `<span>${status}</span>`}</figcaption>${html}</figure>`;
  };
  const names =
    kind === 'noise' ? { was: 'first run', now: 'second run' } : { was: 'recorded', now: 'now' };
  const figures = [
    ...(wasHtml ? [figure(names.was, before.exits, wasHtml.html)] : []),
    figure(names.now, after.exits, nowHtml.html),
  ];
  const html = [
    `<p class="where">${escape(where)}</p>`,
    around.before,
    fix === undefined ? '' : message(`to fix:   ${fix}`),
    picture === undefined ? '' : `<p>Its picture: ${escape(picture)}.</p>`,
    showing === undefined ? '' : `<p>The same text: ${escape(showing)}</p>`,
    `<div class="pair${figures.length > 1 ? ' two' : ''}">${figures.join('')}</div>`,
    around.after,
  ].join('');
  return {
    ...section(result, step, CHANGE_WORDS[kind], html),
    classes: [...nowHtml.classes, ...(wasHtml?.classes ?? [])],
  };
}

/** Steps of which there is nothing to compare, together. */
function sameScreens(result: Extract<LessonResult, { kind: 'changed' }>): Part[] {
  return (['source', 'follows'] as const).flatMap((kind) => {
    const steps = result.changes.filter((change) => change.kind === kind).map(({ step }) => step);
    if (steps.length === 0) return [];
    const name = steps.length > 1 ? `${steps.length} steps` : (steps[0] ?? '');
    const html = `<p class="where">${escape(steps.join(', '))}</p>`;
    return [section(result, name, CHANGE_WORDS[kind], html)];
  });
}

function section({ lesson }: LessonResult, name: string, kind: string, html: string): Part {
  const id = `${lesson}.${name}`.replace(/[^\w.-]/g, '-');
  return {
    html: `<section class="step" id="${id}"><h3>${escape(name)} <span class="kind">${escape(kind)}</span></h3>${html}</section>`,
    entries: [{ id, text: `${lesson}, ${name}: ${kind}` }],
    classes: [],
  };
}

function stepLine({ steps }: Source, step: string): number {
  return steps.find(({ id }) => id === step)?.line ?? 0;
}

function proseHtml(text: string, line: number): { before: string; after: string } {
  const { before, after } = proseAround(text, line);
  return { before: before.map(paragraph).join(''), after: after.map(paragraph).join('') };
}

function paragraph(prose: Prose): string {
  const parts = prose.map(({ text, code }) =>
    code ? `<code>${escape(text)}</code>` : escape(text),
  );
  return `<p class="prose">${parts.join('')}</p>`;
}

function message(text: string): string {
  return `<pre class="message">${escape(text)}</pre>`;
}

function escape(text: string): string {
  return escapeHtml(printable(text));
}
