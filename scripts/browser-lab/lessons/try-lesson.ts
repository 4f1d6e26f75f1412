import { withTag } from '../../../src/core/lesson/image-name.ts';
import { stepsOf, type Lesson, type Step } from '../../../src/core/lesson/model.ts';
import {
  briefFault,
  BROWSER_SCHEMA,
  type BrowserResult,
  type SkipReason,
  type TriedStep,
} from '../../../src/core/run/browser-result.ts';
import { lessonMasks } from '../../../src/core/recording/masks.ts';
import { sourceHashes } from '../../../src/core/recording/source-hash.ts';
import { compareResult, isDone } from '../../../src/core/run/comparison.ts';
import { commandAfter, runStep } from '../../../src/core/run/run-step.ts';
import type { ComparedResult, StepFault } from '../../../src/core/run/step-result.ts';
import { imagesCommand } from '../../../src/browser-lab/format/control.ts';
import type { VmManifest } from '../../../src/browser-lab/format/manifest.ts';
import type { Session } from '../../../src/core/session/session.ts';
import type { OnProgress } from '../../lab/index.ts';
import { Machine } from '../machine.ts';
import { MachineTerminal, SLOWDOWN, startMachineSession, writeSourceFile } from './terminal.ts';

/** Milliseconds in which a machine gets the images of a lesson. */
const PREPARE = 300_000;

/** Messages of programs without a network: Go's resolver and dialer, glibc, busybox. */
const NO_NETWORK =
  /dial (tcp|udp)|no such host|network is unreachable|temporary failure (in name resolution|resolving)|could not resolve host|bad address/i;

/**
 * Finds which steps of a lesson run in the browser lab. As for a reader, each step is run after all
 * earlier steps that run there: a step that does not is undone, with the machine's state of before.
 * @param recorded committed result of each step, by id
 * @param lab hash of the inputs of the browser lab
 */
export async function tryLesson(
  lesson: Lesson,
  recorded: ReadonlyMap<string, ComparedResult>,
  lab: string,
  report: OnProgress,
): Promise<BrowserResult> {
  const refused = await refusedSteps(lesson, recorded, report);
  const hashes = await sourceHashes(lesson);
  const outcome = ({ id }: Step): TriedStep => {
    const why = refused.get(id);
    const source = hashes.get(id) ?? '';
    return why === undefined ? { source, runs: true } : { source, runs: false, why };
  };
  return {
    schema: BROWSER_SCHEMA,
    lab,
    steps: Object.fromEntries(stepsOf(lesson).map((step) => [step.id, outcome(step)])),
  };
}

/** Why steps of a lesson do not run, by id. */
async function refusedSteps(
  lesson: Lesson,
  recorded: ReadonlyMap<string, ComparedResult>,
  report: OnProgress,
): Promise<ReadonlyMap<string, SkipReason>> {
  const refused = new Map<string, SkipReason>();
  const { blocks } = lesson;
  let running = await runningMachine();
  try {
    const { manifest, console } = running.machine;
    const missing = missingOf(lesson, manifest);
    if (missing !== undefined) return new Map(stepsOf(lesson).map(({ id }) => [id, missing]));
    const images = imagesCommand(manifest.images, lesson.frontMatter.images);
    if (images !== undefined) await console.ask(images, PREPARE);
    // A state without an open program, and the number of blocks that were run before it.
    let saved = { state: await running.save(), before: 0 };
    for (let index = 0; index < blocks.length; index++) {
      const block = blocks[index];
      if (block === undefined) break;
      if (block.kind === 'file') {
        await writeSourceFile(running.machine, block);
        continue;
      }
      if (refused.has(block.id)) continue;
      if (running.session.openProgram === undefined && index > saved.before)
        saved = { state: await running.save(), before: index };
      report(`${lesson.id}: ${block.id}`);
      const next = commandAfter(stepsOf(lesson), block.id);
      const result = await runStep(block, running.session, { next, slowdown: SLOWDOWN });
      const { fault } = result;
      const known = recorded.get(block.id) ?? { screen: '', commands: [] };
      if (fault === undefined || isDone(compareResult(result, known, lessonMasks(lesson))))
        continue;
      refused.set(block.id, reason(fault, result.screen));
      await running.end();
      running = await runningMachine(saved.state);
      index = saved.before - 1;
    }
    return refused;
  } finally {
    await running.end();
  }
}

/** A machine with a session in the reader's shell. */
interface RunningMachine {
  readonly machine: Machine;
  readonly session: Session;
  readonly save: () => Promise<Uint8Array<ArrayBuffer>>;
  readonly end: () => Promise<void>;
}

/** @param state as for `Machine.open` */
async function runningMachine(state?: Uint8Array<ArrayBuffer>): Promise<RunningMachine> {
  const machine = await Machine.open(undefined, state);
  const session = await startMachineSession(machine, new MachineTerminal(machine));
  return {
    machine,
    session,
    save: async () => {
      const saved = await machine.emulator.save();
      await machine.emulator.resume();
      return saved;
    },
    end: async () => {
      session.end();
      await machine.end();
    },
  };
}

function missingOf({ frontMatter }: Lesson, manifest: VmManifest): SkipReason | undefined {
  const { lab, images: wanted } = frontMatter;
  if (lab !== 'default') return { kind: 'programs' };
  const tags = Object.keys(manifest.registry.tags);
  const absent = wanted.filter((image) => !tags.includes(`library/${withTag(image)}`));
  return absent.length === 0 ? undefined : { kind: 'images', images: absent };
}

function reason(fault: StepFault, screen: string): SkipReason {
  return NO_NETWORK.test(screen) ? { kind: 'network' } : briefFault(fault);
}
