import type { LabWords } from '../../site/i18n/client/browser-lab.ts';
import type { LabSteps } from '../../core/run/lab-steps.ts';
import { LICENCES, type VmManifest } from '../format/manifest.ts';
import { megabytes } from './numbers.ts';
import type { Figures } from '../machine/protocol.ts';
import { button, element } from '../../site/client/element.ts';
import { whyNot } from '../lesson/sentences.ts';

export interface About {
  readonly words: LabWords;
  readonly manifest: VmManifest;
  /** Address of the manifest's folder, with a trailing slash. */
  readonly base: string;
  readonly steps: LabSteps | undefined;
  readonly figures: Figures | undefined;
  /** Deletes what is saved. */
  readonly forget: () => void;
}

/**
/**
 * Shows what runs in the lab: versions, images, differences, licences, which steps of the lesson do
 * not run, and what is saved.
 */
export function showAbout({ words, manifest, base, steps, figures, forget }: About): void {
  const { about } = words;
  const dialog = element(
    'dialog',
    { className: 'lab-about' },
    element('h2', { id: 'lab-about' }, about.title),
    element('p', {}, about.what),
    ...(figures === undefined ? [] : [saved(words, figures, forget)]),
    element('h3', {}, about.versions),
    pairs(Object.entries(manifest.versions)),
    element('p', {}, about.built(manifest.built), ' ', licences(words, base)),
    element('h3', {}, about.images),
    element('ul', {}, ...manifest.images.map((image) => element('li', {}, image))),
    element('h3', {}, about.differs),
    pairs(manifest.differs.map(({ what, why }) => [what, why])),
    ...(steps === undefined ? [] : notRunning(words, steps)),
    ...(figures === undefined ? [] : [taken(words, figures)]),
    button(words.buttons.close, () => dialog.close()),
  );
  dialog.setAttribute('aria-labelledby', 'lab-about');
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** The page opens in another tab: in this one, it would end the machine. */
function licences({ about }: LabWords, base: string): HTMLElement {
  const page = { href: `${base}${LICENCES}/`, hreflang: 'en', target: '_blank', rel: 'noopener' };
  return element('a', page, about.licences);
}

function notRunning(words: LabWords, { blocks }: LabSteps): HTMLElement[] {
  const { about } = words;
  const reasons = blocks.flatMap((block): [string, string][] =>
    block.kind === 'file' || block.browser.runs
      ? []
      : [[block.id, whyNot(words, block.browser.why)]],
  );
  if (reasons.length === 0) return [element('p', {}, about.allRun)];
  return [element('h3', {}, about.steps), pairs(reasons)];
}

function taken({ about }: LabWords, { network, parts, memory }: Figures): HTMLElement {
  const said = element('p', {}, about.taken(megabytes(network), parts, megabytes(memory)));
  said.dataset['memory'] = String(memory);
  return said;
}

function saved({ about }: LabWords, { saved: sizes }: Figures, forget: () => void): HTMLElement {
  if (sizes === undefined) return element('p', {}, about.savesNothing);
  if (sizes.all === 0) return element('p', {}, about.saves);
  const said = element('p', {}, about.saved(megabytes(sizes.lesson), megabytes(sizes.all)), ' ');
  said.append(
    button(about.forget, () => {
      forget();
      said.textContent = about.forgotten;
      said.focus();
    }),
  );
  said.tabIndex = -1;
  return said;
}

function pairs(entries: readonly (readonly [string, string])[]): HTMLElement {
  const groups = entries.map(([name, value]) =>
    element('div', {}, element('dt', {}, name), element('dd', {}, value)),
  );
  return element('dl', {}, ...groups);
}
