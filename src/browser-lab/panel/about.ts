import type { LabWords } from '../../site/i18n/client/browser-lab.ts';
import type { LabSteps } from '../../core/run/lab-steps.ts';
import { LICENCES, type VmManifest } from '../format/manifest.ts';
import { megabytes } from './numbers.ts';
import type { Figures } from '../machine/protocol.ts';
import { button, element } from '../../site/client/element.ts';
import { whyNot } from '../lesson/sentences.ts';

/**
 * Shows what runs in the lab: versions, images, differences, licences, and which steps of the
 * lesson do not run.
 * @param base address of the manifest's folder, with a trailing slash
 */
export function showAbout(
  words: LabWords,
  manifest: VmManifest,
  base: string,
  steps: LabSteps | undefined,
  figures: Figures | undefined,
): void {
  const { about } = words;
  const dialog = element(
    'dialog',
    { className: 'lab-about' },
    element('h2', { id: 'lab-about' }, about.title),
    element('p', {}, about.what),
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

function pairs(entries: readonly (readonly [string, string])[]): HTMLElement {
  const groups = entries.map(([name, value]) =>
    element('div', {}, element('dt', {}, name), element('dd', {}, value)),
  );
  return element('dl', {}, ...groups);
}
