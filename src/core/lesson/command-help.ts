import { dockerCommands } from './docker-commands.ts';
import { stepsOf, type Command, type Lesson, type Step } from './model.ts';
import { emptyDraft, finishDraft } from './options.ts';
import { frontMatterSchema } from './schema.ts';

/** Id of the command reference: its recordings folder and its address. No lesson may use it. */
export const REFERENCE = 'commands';

/** Stands in for a lesson file, which the reference does not have, if no step is concerned. */
const REFERENCE_FILE = `recordings/${REFERENCE}/proof.json`;

/** A docker command that lessons use. */
export interface ReferenceEntry {
  /** As typed: `docker image ls`. */
  readonly command: string;
  /** The step of the reference that records its help. */
  readonly step: string;
  /** The steps that show it being typed, in reading order. */
  readonly uses: readonly { readonly lesson: Lesson; readonly step: Step }[];
}

/** The docker commands of the lessons, each with a step that prints the command's own help. */
export interface Reference {
  /**
   * Run and recorded like a lesson, but without a file and not listed among the lessons. Its steps
   * are located where lessons use their commands.
   */
  readonly lesson: Lesson;
  /** In alphabetical order. */
  readonly entries: readonly ReferenceEntry[];
}

/**
 * The command reference for these lessons; undefined if they use no docker command. Steps that the
 * page hides are ignored, and so is a command that occurs only in steps that are expected to fail,
 * since it may be mistyped.
 * @param first ids of lessons in which a use of a command is looked for first
 */
export function commandReference(
  lessons: readonly Lesson[],
  first: readonly string[] = [],
): Reference | undefined {
  const uses = new Map<string, { lesson: Lesson; step: Step }[]>();
  const sound = new Set<string>();
  for (const lesson of lessons)
    for (const step of stepsOf(lesson)) {
      if (step.options.hide) continue;
      for (const command of commandsIn(step.commands)) {
        const known = uses.get(command);
        if (known === undefined) uses.set(command, [{ lesson, step }]);
        else known.push({ lesson, step });
        if (step.options.exit === 0) sound.add(command);
      }
    }
  const entries = [...sound].sort().map((command) => ({
    command,
    step: command.replaceAll(' ', '-'),
    uses: uses.get(command) ?? [],
  }));
  if (entries.length === 0) return undefined;
  const lesson: Lesson = {
    id: REFERENCE,
    file: REFERENCE_FILE,
    frontMatter: frontMatterSchema.parse({
      title: 'Commands you know',
      description: 'Every docker command of the lessons, with its own help.',
    }),
    blocks: entries.map((entry) => helpStep(entry, first)),
  };
  return { lesson, entries };
}

/** The docker commands that are typed; `docker --version` and the like count as `docker`. */
function commandsIn(commands: readonly Command[]): string[] {
  const typed = commands.flatMap(({ lines }) => dockerCommands(lines.join('\n')));
  return [...new Set(typed.map((command) => command.replace(/ -.*$/, '')))];
}

/** The step that prints a command's help, located where a lesson types the command. */
function helpStep({ command, step: id, uses }: ReferenceEntry, first: readonly string[]): Step {
  const use = uses.find(({ lesson }) => first.includes(lesson.id)) ?? uses[0];
  const typed = use?.step.commands.find((one) => commandsIn([one]).includes(command));
  const line = typed?.line ?? use?.step.line ?? 1;
  return {
    kind: 'step',
    id,
    ...(use && { file: use.lesson.file }),
    line,
    commands: [{ line, reader: 'session', lines: [`${command} --help`] }],
    options: finishDraft({ ...emptyDraft(), expect: [{ kind: 'text', text: 'Usage:' }] }),
  };
}
