import { attributesFor, type Part, type PartAttributes } from '../../engines.ts';

/** Why text of a step will differ for readers. */
export interface Reason {
  readonly why: string;
  /** An example, from the screen of the newest Engine that has one. */
  readonly text: string;
  /** Attributes of the reason, if the screens of some Engines do not have it. */
  readonly item: PartAttributes;
  /** Attributes of the example, if it is not on all screens to which the reason applies. */
  readonly example: PartAttributes;
}

/** A screen, with the first text for each reason why its text will differ. */
interface Screen extends Pick<Part<unknown>, 'engines'> {
  readonly differences: readonly { readonly text: string; readonly why: string }[];
}

/** The reasons why text of a step will differ, each once for all of its screens. */
export function reasonsOf(screens: readonly Screen[]): Reason[] {
  const newest = screens[0]?.engines[0] ?? '';
  const attributes = (some: readonly Screen[], all: readonly Screen[]) =>
    some.length === all.length
      ? {}
      : attributesFor(
          some.flatMap(({ engines }) => engines),
          newest,
        );
  const differences = screens.flatMap((screen) => screen.differences);
  return differences.flatMap(({ why, text }, index) => {
    if (differences.findIndex((other) => other.why === why) < index) return [];
    const having = screens.filter((screen) =>
      screen.differences.some((other) => other.why === why),
    );
    const same = having.filter((screen) =>
      screen.differences.some((other) => other.why === why && other.text === text),
    );
    return { why, text, item: attributes(having, screens), example: attributes(same, having) };
  });
}
