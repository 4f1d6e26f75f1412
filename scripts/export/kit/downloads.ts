import type { Block, Lesson } from '../../../src/core/lesson/model.ts';

/** What a lesson downloads while it is run, besides its images. */
export interface Download {
  readonly lesson: string;
  readonly what: readonly string[];
  /** The ids of the steps that readers see and that download it themselves. */
  readonly steps: readonly string[];
}

const DOWNLOADS: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['packages of Debian', /\bapt(-get)?\b[^\n]*\b(install|update)\b/],
  ['packages of npm', /\bnpm (ci|install)\b/],
  // What comes from a registry that the lesson has started is there, and nothing is called scratch.
  [
    'images of Docker Hub',
    /\bdocker ((compose )?pull|search)\b(?![^\n]*(localhost|:\d+\/| scratch))/,
  ],
];

/** Builds of `docker` and of Compose. A check builds nothing. */
const BUILD = /\bdocker (build(?! --check)|buildx (build|bake))\b/;
/** `up` with names of services builds only those. In the lessons, none of them has a `build`. */
const COMPOSE = /\bdocker compose\b[^\n]*\b(build\b|up\b(?!( -\S+)* \w))/;

/**
 * The lessons that download something while they are run, which fails without the Internet.
 * @param lessons the parts of them that readers run
 */
export function downloadsOf(lessons: readonly Pick<Lesson, 'id' | 'blocks'>[]): Download[] {
  return lessons.flatMap(({ id, blocks }) => {
    const texts = blocks.map(textOf);
    const what = DOWNLOADS.filter(([, pattern]) => texts.some((text) => pattern.test(text)));
    if (what.length === 0) return [];
    return [{ lesson: id, what: what.map(([name]) => name), steps: stepsThatDownload(blocks) }];
  });
}

function stepsThatDownload(blocks: readonly Block[]): string[] {
  const files = new Map<string, string>();
  return blocks.flatMap((block) => {
    const text = textOf(block);
    if (block.kind === 'file') {
      files.set(block.path, text);
      return [];
    }
    const downloads = [text, ...builtFrom(text, files)].some((each) =>
      DOWNLOADS.some(([, pattern]) => pattern.test(each)),
    );
    return downloads && !block.options.hide ? [block.id] : [];
  });
}

/** The Dockerfiles from which commands build. */
function builtFrom(typed: string, files: ReadonlyMap<string, string>): string[] {
  const main = files.get('Dockerfile') ?? '';
  if (COMPOSE.test(typed)) return [main];
  if (!BUILD.test(typed)) return [];
  const words = typed.split(/\s+/);
  const named = words.flatMap((word) => files.get(word.replace(/\/?$/, '/Dockerfile')) ?? []);
  const file = words[words.indexOf('-f') + 1] ?? '';
  // A Dockerfile that a command writes is a changed copy of the main one.
  const here = words.includes('-f') ? (files.get(file) ?? main) : main;
  return words.includes('.') || /\bbake\b/.test(typed) ? [here, ...named] : named;
}

/** What is typed in a step, or written to a file. */
export function textOf(block: Block): string {
  return block.kind === 'file'
    ? block.text
    : block.commands.flatMap(({ lines }) => lines).join('\n');
}
