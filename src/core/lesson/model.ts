import type { FrontMatter } from './schema.ts';

/** One parsed lesson file. Its blocks, including those inside components, are in file order. */
export interface Lesson {
  /**
   * The file's name without `.mdx`, which is also its recordings folder and its address on the
   * site.
   */
  readonly id: string;
  /** Path as the author knows it; problems quote it. */
  readonly file: string;
  readonly frontMatter: FrontMatter;
  readonly blocks: readonly Block[];
  /** The masks that the lesson declares, in front matter order; absent if there are none. */
  readonly masks?: readonly LessonMask[];
  /** What its prose says of measured values; absent if it says nothing. */
  readonly claims?: readonly Claim[];
  /** What it lets readers predict; absent if there is nothing. */
  readonly predictions?: readonly Prediction[];
}

/**
 * A mask that a lesson declares, besides the masks of every lesson: it hides text that legitimately
 * differs between two runs.
 */
export interface LessonMask {
  readonly name: string;
  /** Source of a regular expression; everything it matches within a line differs. */
  readonly pattern: string;
  /** Shown to a reader, after "yours will differ: ". */
  readonly why: string;
  /** Whether what was the same twice in the lesson must be the same again; false if absent. */
  readonly identity?: boolean | undefined;
  /** 1-based line of the mask's name in the file. */
  readonly line: number;
}

/** The parts of a lesson that act on the session: steps are typed, files are written. */
export type Block = Step | SourceFile;

/** A `console` fence: commands typed one after another, and the screen that they produce. */
export interface Step {
  readonly kind: 'step';
  readonly id: string;
  /**
   * The file that contains the step, if it is not the lesson's: help is recorded for other lessons.
   */
  readonly file?: string;
  /** 1-based line of the opening fence. */
  readonly line: number;
  readonly commands: readonly Command[];
  readonly options: StepOptions;
  /** What the step proves of the lesson's task; readers neither see nor run it. */
  readonly proves?: TaskProof;
}

/**
 * Why a step is run although no reader sees it: the check is run when the task is `unsolved`, after
 * a wrong solution (`attempt`), which it has to have `refused` and which is then `undone`, and when
 * the task is `solved`.
 */
export type TaskProof = 'unsolved' | 'attempt' | 'refused' | 'undone' | 'solved';

/** A fence with `file="…"`: written into the session's folder before the next step is run. */
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

/** One command: a `$` line with its continuation lines, or one line typed into an open program. */
export interface Command {
  /** 1-based line of its first typed line. */
  readonly line: number;
  /** Who reads it: the session's bash, or the program that an earlier command left open. */
  readonly reader: 'session' | 'program';
  /** The typed lines, without prompts. The second and later ones answer a continuation prompt. */
  readonly lines: readonly string[];
}

/** The options of a step, with defaults filled in. */
export interface StepOptions {
  /** Expected status of the step's last `$` command. */
  readonly exit: number | 'any';
  /** Why any status is acceptable; required with `exit=any`. */
  readonly because?: string;
  readonly expect: readonly Pattern[];
  readonly absent: readonly Pattern[];
  /** Seconds that one command may take. */
  readonly timeout: number;
  /** For a last command that does not end on its own: wait for the text, then press the keys. */
  readonly until?: { readonly text: string; readonly keys: string };
  /** Columns of the terminal for this step. */
  readonly cols: number;
  /** The step is run and checked but not shown on the page. */
  readonly hide: boolean;
  /**
   * Named values that the prose quotes: what the pattern's first group matches on the step's
   * screen.
   */
  readonly measure: Readonly<Record<string, Pattern>>;
  /** The prompt that marks a line typed into an open program, besides `# `. */
  readonly prompt?: string;
  /** A picture that the step draws: a PNG file in the session's folder, and a description of it. */
  readonly picture?: { readonly file: string; readonly alt: string };
  /** Why text on the screen that looks like a secret is not one. */
  readonly secretOk?: string;
  /** What readers would lose besides the things of the lesson. */
  readonly warning?: string;
  /** Why chance decides which ids of the step are the same as others. */
  readonly chance?: string;
  /** Former addresses of the step, as `LESSON#STEP`; absent if there are none. */
  readonly formerly?: readonly string[];
  /** For a wrong solution: a part of what the check says is missing, and how to remove it. */
  readonly wrong?: { readonly missing: string; readonly undo?: string };
}

/**
 * Literal text to find, or a regular expression, kept as source so that it can be hashed and shown.
 */
export type Pattern =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'regex'; readonly source: string; readonly flags: string };

/** What a lesson's prose says of measured values: `<Claim that="…">`, or `<Measured of="…" />`. */
export interface Claim {
  /** 1-based line. */
  readonly line: number;
  /** `relation` has to hold; `value` is printed. */
  readonly kind: 'relation' | 'value';
  /** As it is written. */
  readonly text: string;
  /** How a value is written. */
  readonly unit?: string;
  readonly digits?: number;
}

/** `<Predict>`: a question that readers answer before they see the screen of a step. */
export interface Prediction {
  /** 1-based line. */
  readonly line: number;
  /** The id of the step that shows which answers are right. */
  readonly step: string;
  readonly answers: readonly Answer[];
}

/** `<Answer>`: the recording of the step decides whether it is right. */
export interface Answer {
  /** 1-based line. */
  readonly line: number;
  readonly right: boolean;
  /** All of them hold for a right answer, and not all of them for a wrong one. */
  readonly conditions: readonly Condition[];
}

/**
 * What may be true of a step: its exit status, its screen, or a relation between measured values.
 */
export type Condition =
  | { readonly kind: 'exit'; readonly status: number }
  | { readonly kind: 'shows' | 'absent'; readonly pattern: Pattern }
  | { readonly kind: 'that'; readonly relation: string };

/** Columns of a session's terminal unless a step says otherwise; the default of most terminals. */
export const DEFAULT_COLS = 80;
/** Rows of every session's terminal. */
export const ROWS = 24;
/** Seconds a command may take unless its step says otherwise. */
export const DEFAULT_TIMEOUT = 60;

/** The file and line at which a step is located. */
export function placeOf(
  { file }: Pick<Lesson, 'file'>,
  step: Pick<Step, 'file' | 'line'>,
): { readonly file: string; readonly line: number } {
  return { file: step.file ?? file, line: step.line };
}

/** The part of a lesson that readers run: without the steps that prove its task. */
export function readersPart<T extends Pick<Lesson, 'blocks'>>(lesson: T): T {
  const blocks = lesson.blocks.filter((block) => block.kind === 'file' || !block.proves);
  return { ...lesson, blocks };
}

/** The steps of a lesson, in the order in which they are typed. */
export function stepsOf(lesson: Pick<Lesson, 'blocks'>): readonly Step[] {
  return lesson.blocks.filter((block) => block.kind === 'step');
}
