import {
  DEFAULT_COLS,
  ROWS,
  stepsOf,
  type Lesson,
  type SourceFile,
  type Step,
} from '../../../src/core/lesson/model.ts';
import {
  BROWSER_SCHEMA,
  type BrowserResult,
  type Refusal,
  type TriedStep,
} from '../../../src/core/run/browser-result.ts';
import { ownMasks } from '../../../src/core/recording/masks.ts';
import { screenText } from '../../../src/core/recording/screen.ts';
import { sourceHashes } from '../../../src/core/recording/source-hash.ts';
import type { Happened } from '../../../src/core/recording/verdict.ts';
import { isDone, playStep, type StepFault } from '../../../src/core/run/play-step.ts';
import { ScreenInputDetector } from '../../../src/core/run/screen-input-detector.ts';
import { PROMPT_LIMIT, Session } from '../../../src/core/session/session.ts';
import { Wire } from '../../../src/core/session/wire.ts';
import { fileCommands } from '../../../src/browser-lab/format/control.ts';
import type { Report } from '../../lab/index.ts';
import { Machine } from '../machine.ts';
import { BuildError } from '../run.ts';
import { MachineTerminal } from './terminal.ts';

/** Of the time that the page gives a command: a reader's machine may be slower than this one. */
const SHARE = 1 / 4;
/** What programs say where there is no network: Go's resolver and dialer, glibc, busybox. */
const NO_NETWORK =
  /dial (tcp|udp)|no such host|network is unreachable|temporary failure (in name resolution|resolving)|could not resolve host|bad address/i;

/**
 * Finds which steps of a lesson run in the browser lab, as a reader would play them there: each after those before it that run.
 * @param recorded what is committed of each step, by id
 * @param lab hash of what the browser lab was built from
 */
export async function tryLesson(
  lesson: Lesson,
  recorded: ReadonlyMap<string, Happened>,
  lab: string,
  report: Report,
): Promise<BrowserResult> {
  const refused = new Map<string, Refusal>();
  const steps = stepsOf(lesson);
  // Each play is without the steps that did not run in those before: in the last one all run.
  while (refused.size < steps.length) {
    const failed = await playOnce(lesson, recorded, refused, report);
    for (const [id, why] of failed) refused.set(id, why);
    if (failed.size === 0) break;
  }
  const hashes = await sourceHashes(lesson);
  const outcome = ({ id }: Step): TriedStep => {
    const why = refused.get(id);
    const source = hashes.get(id) ?? '';
    return why === undefined ? { source, runs: true } : { source, runs: false, why };
  };
  return {
    schema: BROWSER_SCHEMA,
    lab,
    steps: Object.fromEntries(steps.map((step) => [step.id, outcome(step)])),
  };
}

/** One play in a fresh machine. @returns why steps did not run, by id; after the first that left no prompt all others are left out */
async function playOnce(
  lesson: Lesson,
  recorded: ReadonlyMap<string, Happened>,
  without: ReadonlyMap<string, Refusal>,
  report: Report,
): Promise<Map<string, Refusal>> {
  const failed = new Map<string, Refusal>();
  const machine = await Machine.open();
  const missing = missingOf(lesson, machine.manifest.images);
  if (missing !== undefined) {
    await machine.end();
    return new Map(stepsOf(lesson).map(({ id }) => [id, missing]));
  }
  const terminal = new MachineTerminal(machine);
  const { nonce } = machine.manifest.shell;
  const detector = new ScreenInputDetector(terminal.drawn, (text) => terminal.inject(text), nonce);
  terminal.onHeard = () => detector.hear();
  const wire = new Wire(terminal, detector, nonce);
  try {
    await terminal.resize(DEFAULT_COLS, ROWS);
    terminal.input('\r');
    const isThere = () => wire.shell.status !== undefined;
    if (!(await wire.wait(isThere, performance.now() + PROMPT_LIMIT)))
      throw new BuildError('the reader’s shell of the browser lab gave no prompt');
    const session = new Session(wire);
    for (const block of lesson.blocks) {
      if (block.kind === 'file') {
        await writeFile(machine, block);
        continue;
      }
      if (without.has(block.id)) continue;
      report(`${lesson.id}: ${block.id}`);
      const { commands, options, id } = block;
      const step = {
        ...{ kind: 'step' as const, id, commands, browser: { runs: true as const } },
        options: { ...options, timeout: options.timeout * SHARE },
        recorded: recorded.get(id) ?? { screen: '', typed: [] },
      };
      const result = await playStep(step, session, ownMasks(lesson));
      if (isDone(result)) continue;
      failed.set(id, await reason(result, session));
      // Where no prompt is left nothing more can be typed: the next play goes on without this step.
      if (result.kind === 'ended' || session.openProgram !== undefined) break;
    }
    session.end();
    return failed;
  } finally {
    await machine.end();
  }
}

function missingOf({ frontMatter }: Lesson, images: readonly string[]): Refusal | undefined {
  const { lab, images: wanted } = frontMatter;
  if (lab !== 'default') return { kind: 'programs' };
  const there = new Set(images.map((image) => image.replace(/:latest$/, '')));
  const absent = wanted.filter((image) => !there.has(image.replace(/:latest$/, '')));
  return absent.length === 0 ? undefined : { kind: 'images', images: absent };
}

async function reason(result: StepFault, { take }: Session): Promise<Refusal> {
  if (NO_NETWORK.test(screenText(await take.screen()))) return { kind: 'network' };
  return result.kind === 'unmet' ? { kind: 'unmet', unmet: result.unmet } : result;
}

async function writeFile(machine: Machine, { path, text }: SourceFile): Promise<void> {
  const { folder } = machine.manifest.shell;
  for (const command of fileCommands(`${folder}/${path}`, text)) await machine.console.ask(command);
}
