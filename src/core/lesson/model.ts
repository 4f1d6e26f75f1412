import type { FrontMatter } from './schema.ts';

/** One lesson file, parsed. Its blocks stand in the order of the file, also those inside components. */
export interface Lesson {
  /** The file's name without `.mdx`; names the folder of its recordings and its address on the site. */
  readonly id: string;
  /** Path as the author knows it; problems quote it. */
  readonly file: string;
  readonly frontMatter: FrontMatter;
  readonly blocks: readonly Block[];
  /** Its own masks, in the order of the front matter; absent if it has none. */
  readonly masks?: readonly LessonMask[];
}

/** Text of a lesson that rightly differs between two runs, besides what every lesson masks. */
export interface LessonMask {
  readonly name: string;
  /** Source of a regular expression; all of what it matches in a line is what differs. */
  readonly pattern: string;
  /** Shown to a reader, after "yours will differ: ". */
  readonly why: string;
  /** 1-based line of its name in the file. */
  readonly line: number;
}

/** What of a lesson touches the session: steps are typed, files are written. */
export type Block = Step | SourceFile;

/** A `console` fence: commands typed one after another, and what the terminal then shows. */
export interface Step {
  readonly kind: 'step';
  readonly id: string;
  /** 1-based line of the opening fence. */
  readonly line: number;
  readonly commands: readonly Command[];
  readonly options: StepOptions;
}

/** A fence with `file="…"`: written into the session's folder before the next step is played. */
export interface SourceFile {
  readonly kind: 'file';
  /** Relative path inside the session's folder. */
  readonly path: string;
  /** 1-based line of the opening fence. */
  readonly line: number;
  readonly language: string;
  /** The file's text, with a final newline. */
  readonly text: string;
}

/** One command: a `$` line with its continuation lines, or one line typed into a program that is open. */
export interface Command {
  /** 1-based line of its first typed line. */
  readonly line: number;
  /** Who reads it: the session's own bash, or the program that an earlier command left open. */
  readonly reader: 'session' | 'program';
  /** The typed lines, without prompts. The second and later ones answer a continuation prompt. */
  readonly lines: readonly string[];
}

/** The options of a step, defaults filled in. */
export interface StepOptions {
  /** Expected status of the step's last `$` command. */
  readonly exit: number | 'any';
  /** Why any status is right; required with `exit=any`. */
  readonly because?: string;
  readonly expect: readonly Pattern[];
  readonly absent: readonly Pattern[];
  /** Seconds that one command may take. */
  readonly timeout: number;
  /** For a last command that does not end by itself: wait for the text, then press the keys. */
  readonly until?: { readonly text: string; readonly keys: string };
  /** Columns of the terminal for this step. */
  readonly cols: number;
  /** Played and proved, not shown on the page. */
  readonly hide: boolean;
  /** Named values that prose quotes: the first group of the pattern, found on the step's screen. */
  readonly measure: Readonly<Record<string, Pattern>>;
  /** The prompt that marks a line typed into an open program, besides `# `. */
  readonly prompt?: string;
  /** What the step has drawn: a PNG file in the session's folder, and what it shows, in words. */
  readonly picture?: { readonly file: string; readonly alt: string };
  /** Why what looks like a secret on the screen is none. */
  readonly secretOk?: string;
}

/** A text to find as it is, or a regular expression. Kept as text so that it can be hashed and shown. */
export type Pattern =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'regex'; readonly source: string; readonly flags: string };

/** Terminal size of a session unless a step says otherwise: what most terminals open with. */
export const DEFAULT_COLS = 80;
/** Rows of every session's terminal. */
export const ROWS = 24;
/** Seconds a command may take unless its step says otherwise. */
export const DEFAULT_TIMEOUT = 60;

/** The steps of a lesson in the order in which they are typed. */
export function stepsOf(lesson: Pick<Lesson, 'blocks'>): readonly Step[] {
  return lesson.blocks.filter((block) => block.kind === 'step');
}
