import { ID, NAME, splitName } from './id.ts';
import type { OptionValue } from './info-string.ts';
import { DEFAULT_COLS, DEFAULT_TIMEOUT, type Pattern, type StepOptions } from './model.ts';
import { isInside } from './paths.ts';
import { regexFault } from './regex.ts';

/** The options of a step while its fence line is being read. */
export type OptionDraft = {
  -readonly [
    Name in keyof Omit<StepOptions, 'until' | 'picture' | 'wrong' | Lists>
  ]: StepOptions[Name];
} & {
  expect: Pattern[];
  absent: Pattern[];
  measure: Record<string, Pattern>;
  until?: string;
  keys?: string;
  picture?: string;
  alt?: string;
  formerly: string[];
  wrong?: string;
  undo?: string;
};

type Lists = 'expect' | 'absent' | 'measure' | 'formerly';

/**
 * One option of the `console` fence. To add an option, add an entry to `optionRules` and a field to
 * `StepOptions`.
 */
export interface OptionRule {
  /** Its syntax, for messages and for the authoring reference. */
  readonly form: string;
  readonly meaning: string;
  /** Whether it may occur more than once on a fence line. */
  readonly repeats?: true;
  /**
   * Stores the value in the draft, or returns what was expected instead. `part` is the text after a
   * dot in the option's name.
   */
  readonly apply: (
    draft: OptionDraft,
    value: OptionValue | undefined,
    part: string,
  ) => string | undefined;
}

export const optionRules: Readonly<Record<string, OptionRule>> = {
  exit: {
    form: 'exit=127',
    meaning:
      'Status with which the last `$` command of the step must exit; 0 if absent; ' +
      '`exit=any` allows any status, with a reason in `because`.',
    apply(draft, value) {
      if (value?.kind !== 'word') return 'a number from 0 to 255, or any';
      if (value.text === 'any') draft.exit = 'any';
      else if (/^\d{1,3}$/.test(value.text) && Number(value.text) <= 255)
        draft.exit = Number(value.text);
      else return 'a number from 0 to 255, or any';
      return undefined;
    },
  },
  because: {
    form: 'because="the reason"',
    meaning: 'Why any exit status is acceptable; goes with `exit=any`.',
    apply: text((draft, value) => void (draft.because = value)),
  },
  expect: {
    form: 'expect="text" or expect=/regex/',
    meaning: "What the step's final screen must show, outside the typed lines. May repeat.",
    repeats: true,
    apply: pattern((draft, value) => void draft.expect.push(value)),
  },
  absent: {
    form: 'absent="text" or absent=/regex/',
    meaning: "What the step's final screen must not show, outside the typed lines. May repeat.",
    repeats: true,
    apply: pattern((draft, value) => void draft.absent.push(value)),
  },
  timeout: {
    form: 'timeout=90s',
    meaning: `Time limit for each command of the step; ${DEFAULT_TIMEOUT}s if absent.`,
    apply(draft, value) {
      const match = value?.kind === 'word' ? /^([1-9]\d*)(s|m)$/.exec(value.text) : null;
      if (match === null) return 'whole seconds or minutes, such as 90s or 3m';
      draft.timeout = Number(match[1]) * (match[2] === 'm' ? 60 : 1);
      return undefined;
    },
  },
  until: {
    form: 'until="text" keys="^C"',
    meaning:
      'For a last command that does not end on its own: ' +
      'wait until it prints the text, then press the keys.',
    apply: text((draft, value) => void (draft.until = value)),
  },
  keys: {
    form: 'until="text" keys="^C"',
    meaning:
      'Keys in caret notation (`^C`, `^D`, `^M` is Enter); shown only if the terminal echoes them.',
    apply: text((draft, value) => void (draft.keys = value)),
  },
  cols: {
    form: 'cols=100',
    meaning: `Width of the terminal in this step, in columns; ${DEFAULT_COLS} if absent.`,
    apply(draft, value) {
      const cols = value?.kind === 'word' && /^\d+$/.test(value.text) ? Number(value.text) : 0;
      if (cols < 20 || cols > 250) return 'a number of columns from 20 to 250';
      draft.cols = cols;
      return undefined;
    },
  },
  hide: {
    form: 'hide',
    meaning: 'The step is run and checked but not shown on the page.',
    apply(draft, value) {
      if (value !== undefined) return 'no value';
      draft.hide = true;
      return undefined;
    },
  },
  measure: {
    form: String.raw`measure.size=/([\d.]+)MB/`,
    meaning:
      'A value that prose prints with `<Measured step="…" name="size" />`: ' +
      'what the first group of the regex matches on the screen. Each name once.',
    repeats: true,
    apply(draft, value, part) {
      if (!NAME.test(part)) return 'a name after the dot, such as measure.size=/…/';
      if (value?.kind !== 'regex') return 'a regular expression between slashes';
      const fault = regexFault(value);
      if (fault !== undefined) return fault;
      // The added empty alternative always matches; the match then reveals how many groups there
      // are.
      if ((new RegExp(`${value.source}|`, value.flags).exec('')?.length ?? 1) < 2)
        return 'a regular expression with a group: what (…) matches is the value';
      if (Object.hasOwn(draft.measure, part)) return 'each name once';
      draft.measure[part] = value;
      return undefined;
    },
  },
  prompt: {
    form: 'prompt=">>> "',
    meaning: 'The prompt that marks lines typed into an open program, besides `# `.',
    apply: text((draft, value) => {
      if (['', '$', '>', '#'].includes(value.trim())) return 'a prompt other than `$`, `#` and `>`';
      draft.prompt = value;
      return undefined;
    }),
  },
  'secret-ok': {
    form: 'secret-ok="the reason"',
    meaning:
      'Why text on the screen that looks like a secret is not one. ' +
      'Without the option such a screen fails; with it, a screen without such text fails.',
    apply: text((draft, value) => void (draft.secretOk = value)),
  },
  picture: {
    form: 'picture="usage.png" alt="what it shows"',
    meaning:
      "A PNG file that the step's commands write into the session's folder. " +
      'It is read when they have ended and shown below the screen.',
    apply: text((draft, value) => {
      if (!isInside(value) || !value.endsWith('.png'))
        return "a path inside the session's folder that ends in .png";
      draft.picture = value;
      return undefined;
    }),
  },
  alt: {
    form: 'picture="usage.png" alt="what it shows"',
    meaning: 'What the picture shows, for readers who cannot see it.',
    apply: text((draft, value) => void (draft.alt = value)),
  },
  warning: {
    form: 'warning="what readers would lose"',
    meaning:
      'Shown before the step and in the labels of its copy buttons: what the commands remove ' +
      'besides the things of the lesson, or how far they let a container reach. `npm run lint` ' +
      'asks for it.',
    apply: text((draft, value) => void (draft.warning = value)),
  },
  chance: {
    form: 'chance="the reason"',
    meaning:
      'Why chance decides which ids of the step are the same as others of the lesson: ' +
      'they are not compared. With it, a step that shows no id fails.',
    apply: text((draft, value) => void (draft.chance = value)),
  },
  wrong: {
    form: 'wrong="what is missing" undo="docker rm -f web"',
    meaning:
      'Makes the step a wrong solution of the task, which readers do not see: after it, the ' +
      'check of `<YourTurn>` has to print the line that contains this text (without backticks).',
    apply: text((draft, value) => void (draft.wrong = value)),
  },
  undo: {
    form: 'wrong="what is missing" undo="docker rm -f web"',
    meaning: 'A command that removes what the wrong solution has made; typed after the check.',
    apply: text((draft, value) => void (draft.undo = value)),
  },
  formerly: {
    form: 'formerly="run#old-step"',
    meaning:
      'Former address of the step, in this or another lesson: `LESSON#STEP`. ' +
      'There, readers are led here, and their progress follows. May repeat.',
    repeats: true,
    apply: text((draft, value) => {
      const { lesson, step = '' } = splitName(value);
      if (!ID.test(lesson) || !ID.test(step)) return 'a lesson and a step, such as run#old-step';
      draft.formerly.push(value);
      return undefined;
    }),
  },
};

/** A draft that holds the defaults. */
export function emptyDraft(): OptionDraft {
  return {
    exit: 0,
    expect: [],
    absent: [],
    timeout: DEFAULT_TIMEOUT,
    cols: DEFAULT_COLS,
    hide: false,
    measure: {},
    formerly: [],
  };
}

/** Faults in options that depend on each other, with the fix. */
export function pairFaults(draft: OptionDraft): { title: string; hint: string }[] {
  const { exit, because, until, keys, picture, alt, warning, formerly, wrong, undo } = draft;
  const hide = draft.hide || wrong !== undefined;
  const faults: readonly [boolean, string, string][] = [
    [
      exit === 'any' && because === undefined,
      'exit=any needs a reason',
      'add because="…", or write the expected status',
    ],
    [
      exit !== 'any' && because !== undefined,
      'because is allowed only with exit=any',
      'remove it, or write exit=any',
    ],
    [
      until !== undefined && keys === undefined,
      'until needs the keys to press',
      'add keys="^C", or check the text with expect',
    ],
    [
      keys !== undefined && until === undefined,
      'keys needs a text to wait for',
      'add until="…" with what the program prints before it expects the keys',
    ],
    [
      picture !== undefined && alt === undefined,
      'a picture needs a description',
      'add alt="…" with what it shows, for readers who cannot see it',
    ],
    [
      alt !== undefined && picture === undefined,
      'alt is allowed only with a picture',
      'remove it, or name the file with picture="….png"',
    ],
    [
      undo !== undefined && wrong === undefined,
      'undo is allowed only with a wrong solution',
      'remove it, or say with wrong="…" what the check finds missing',
    ],
    [wrong !== undefined && draft.hide, 'a wrong solution is hidden anyway', 'remove hide'],
    [formerly.length > 0 && hide, 'a hidden step has no address', 'remove formerly, or hide'],
    [
      warning !== undefined && hide,
      'the warning of a hidden step is never shown',
      'remove hide, or name what the commands remove',
    ],
    [
      picture !== undefined && hide,
      'the picture of a hidden step is never shown',
      'remove hide, or picture and alt',
    ],
  ];
  return faults.filter(([isFault]) => isFault).map(([, title, hint]) => ({ title, hint }));
}

/** Turns a draft without faults into the options of a step. */
export function finishDraft(draft: OptionDraft): StepOptions {
  const { until, keys, because, prompt, secretOk, picture, alt, ...others } = draft;
  const { warning, chance, formerly, wrong, undo, ...rest } = others;
  return {
    ...rest,
    hide: rest.hide || wrong !== undefined,
    ...(because !== undefined && { because }),
    ...(prompt !== undefined && { prompt }),
    ...(secretOk !== undefined && { secretOk }),
    ...(warning !== undefined && { warning }),
    ...(chance !== undefined && { chance }),
    ...(formerly.length > 0 && { formerly }),
    ...(wrong !== undefined && { wrong: { missing: wrong, ...(undo !== undefined && { undo }) } }),
    ...(picture !== undefined && alt !== undefined && { picture: { file: picture, alt } }),
    ...(until !== undefined && keys !== undefined && { until: { text: until, keys } }),
  };
}

function text(
  note: (draft: OptionDraft, value: string) => string | undefined,
): OptionRule['apply'] {
  return (draft, value) => {
    if (value?.kind === 'text' && value.text === '') return 'a text that is not empty';
    return value?.kind === 'text' ? note(draft, value.text) : 'a text in double quotes';
  };
}

function pattern(note: (draft: OptionDraft, value: Pattern) => void): OptionRule['apply'] {
  return (draft, value) => {
    if (value === undefined || value.kind === 'word')
      return 'a text in double quotes or a regular expression between slashes';
    if (value.kind === 'text' && value.text === '') return 'a text that is not empty';
    const fault = value.kind === 'regex' ? regexFault(value) : undefined;
    if (fault === undefined) note(draft, value);
    return fault;
  };
}
