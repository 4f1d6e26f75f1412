import type { PlannedStep } from './estimate.ts';

/** How the browser lab comes to the site. */
export type Way = 'built' | 'fetched';

/** Seconds that each step takes on an otherwise idle machine with two cores. */
const USUAL = {
  ...{ html: 2, epub: 3, pdf: 25, handout: 25, teacher: 20 },
  ...{
    kernel: 300,
    base: 30,
    images: 30,
    disk: 30,
    archive: 5,
    parts: 30,
    licences: 10,
    booted: 50,
    state: 90,
  },
  ...{ release: 60, pages: 25 },
} as const;

type Name = keyof typeof USUAL;

const DOWNLOADS = [
  ['html', []],
  ['epub', ['html']],
  ['pdf', ['epub']],
  ['handout', ['pdf']],
  ['teacher', ['handout']],
] as const satisfies readonly Row[];

const WAYS: Readonly<Record<Way, readonly Row[]>> = {
  built: [
    ['kernel', ['teacher']],
    ['base', ['teacher']],
    ['images', ['base']],
    ['disk', ['images']],
    ['archive', ['disk']],
    ['parts', ['kernel', 'archive']],
    ['licences', ['parts']],
    ['booted', ['kernel', 'archive']],
    ['state', ['booted']],
    ['pages', ['licences', 'state']],
  ],
  fetched: [
    ['release', ['teacher']],
    ['pages', ['release']],
  ],
};

type Row = readonly [name: Name, after: readonly Name[]];

/**
 * The steps that make the downloads and the browser lab, in an order in which they can be done.
 * @param durations seconds that steps have taken on this machine
 */
export function planOf(
  way: Way,
  durations: Readonly<Record<string, number>>,
): readonly PlannedStep[] {
  return [...DOWNLOADS, ...WAYS[way]].map(([name, after]) => ({
    name,
    after,
    seconds: durations[name] ?? USUAL[name],
  }));
}
