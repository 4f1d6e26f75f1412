import type { LabWords } from '../../site/i18n/client/browser-lab.ts';
import type { LabSteps } from '../../core/run/lab-steps.ts';
import type { VmManifest } from '../format/manifest.ts';
import { megabytes } from './numbers.ts';
import type { Figures } from '../machine/protocol.ts';
import { whyNot } from '../lesson/sentences.ts';

/**
 * Shows what runs in the lab: versions, images, differences, and which steps of the lesson do not
 * run.
 */
export function showAbout(
  words: LabWords,
  manifest: VmManifest,
  steps: LabSteps | undefined,
  figures: Figures | undefined,
): void {
  const { about } = words;
  const dialog = document.createElement('dialog');
  dialog.className = 'lab-about';
  const title = element('h2', about.title);
  title.id = 'lab-about';
  dialog.setAttribute('aria-labelledby', title.id);
  const close = element('button', words.buttons.close);
  close.type = 'button';
  close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => dialog.remove());
  dialog.append(
    title,
    element('p', about.what),
    element('h3', about.versions),
    pairs(Object.entries(manifest.versions)),
    element('p', about.built(manifest.built)),
    element('h3', about.images),
    list(manifest.images),
    element('h3', about.differs),
    pairs(manifest.differs.map(({ what, why }) => [what, why])),
    ...(steps === undefined ? [] : notRunning(words, steps)),
    ...(figures === undefined ? [] : [taken(words, figures)]),
    close,
  );
  document.body.append(dialog);
  dialog.showModal();
}

function notRunning(words: LabWords, { blocks }: LabSteps): HTMLElement[] {
  const { about } = words;
  const reasons = blocks.flatMap((block): [string, string][] =>
    block.kind === 'file' || block.browser.runs
      ? []
      : [[block.id, whyNot(words, block.browser.why)]],
  );
  if (reasons.length === 0) return [element('p', about.allRun)];
  return [element('h3', about.steps), pairs(reasons)];
}

function taken({ about }: LabWords, { network, parts, memory }: Figures): HTMLElement {
  const said = element('p', about.taken(megabytes(network), parts, megabytes(memory)));
  said.dataset['memory'] = String(memory);
  return said;
}

function pairs(entries: readonly (readonly [string, string])[]): HTMLElement {
  const parent = document.createElement('dl');
  parent.append(
    ...entries.map(([name, value]) => {
      const group = document.createElement('div');
      group.append(element('dt', name), element('dd', value));
      return group;
    }),
  );
  return parent;
}

function list(items: readonly string[]): HTMLElement {
  const parent = document.createElement('ul');
  parent.append(...items.map((item) => element('li', item)));
  return parent;
}

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  text: string,
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
