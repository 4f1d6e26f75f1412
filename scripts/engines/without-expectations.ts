import { readFence, type FenceEntry } from '../../src/lesson/fence.ts';

/** Options that say what a step must print, or how it must end. */
const EXPECTATIONS = /^(?:expect|absent|exit|because|measure\..*)$/;

const QUOTING = /<(?:Measured|Plot)\b[^]*?\/>/g;
const FENCE = /^(```console )(.*)$/gm;

/**
 * The text of a lesson whose steps are played and expect nothing: with another Engine it goes on where one is
 * let down, and all of it can be compared. Lines stay where they are.
 */
export function withoutExpectations(lesson: string): string {
  // What prose quotes of a step is expected of it, too.
  const unquoting = lesson.replace(QUOTING, (quoted) => quoted.replaceAll(/[^\n]/g, ''));
  return unquoting.replace(FENCE, (line, start: string, meta: string) => {
    const { entries, fault } = readFence(meta);
    if (fault !== undefined) return line;
    const kept = entries.filter(({ name }) => !EXPECTATIONS.test(name)).map(written);
    return `${start}${kept.join(' ')} exit=any because="another Engine"`;
  });
}

function written({ name, value }: FenceEntry): string {
  switch (value?.kind) {
    case undefined:
      return name;
    case 'word':
      return `${name}=${value.text}`;
    case 'text':
      return `${name}="${value.text.replaceAll(/["\\]/g, '\\$&')}"`;
    case 'regex':
      return `${name}=/${value.source}/${value.flags}`;
  }
}
