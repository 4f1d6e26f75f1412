import type { Step } from '../lesson/model.ts';
import { thingsAfter, type EngineState, type States } from './states.ts';

/** A step that the page shows, and what it printed. */
export interface ShownStep {
  readonly step: Step;
  /** Empty if it is not recorded. */
  readonly screen: string;
}

/** Names a variable of the shell at the beginning of a command. */
const ASSIGNED = /^(?:export +)?([A-Za-z_]\w*)=/gm;
const USED = /\$\{?([A-Za-z_]\w*)/g;
const GOES_ELSEWHERE = /(?:^|[;&] *)cd\b/m;
/** Commands that change what they name, even if its state is the same afterwards. */
const ACTS =
  /\bdocker (?:container )?(?:start|stop|kill|restart|(?:un)?pause|exec|attach|update|cp|rename|build)\b/;
/** Commands that fetch an image that is missing. */
const FETCHES = /\bdocker (?:run|create|pull|build|buildx build)\b/;

/**
 * The earlier steps that readers have to run before each step: those that changed the things, the
 * variables or the folder that it uses, and what these need in turn. What it uses are the names
 * that are typed or printed in it.
 * @param shown the steps that the page shows, in lesson order
 * @param base names of the images that an Engine can fetch
 * @returns step ids in lesson order, by step id
 */
export function neededSteps(
  shown: readonly ShownStep[],
  { start, after }: States,
  base: readonly string[],
): Map<string, readonly string[]> {
  const needed = new Map<string, readonly string[]>();
  /** By what they changed: the steps since it is there, in lesson order. */
  const makers = new Map<string, string[]>();
  let held: EngineState = start;
  let last: string | undefined;
  for (const { step, screen } of shown) {
    const { id, commands } = step;
    const typed = commands.map(({ lines }) => lines.join('\n')).join('\n');
    const text = `${typed}\n${screen}`;
    const direct = new Set(
      [...makers].flatMap(([key, steps]) => (isUsed(key, typed, text, base) ? steps : [])),
    );
    if (commands[0]?.reader === 'program' && last !== undefined) direct.add(last);
    const all = new Set([...direct].flatMap((one) => [...(needed.get(one) ?? []), one]));
    needed.set(
      id,
      shown.flatMap((other) => (all.has(other.step.id) ? [other.step.id] : [])),
    );
    const now = after[id] ?? held;
    if (ACTS.test(typed))
      for (const [key, steps] of makers)
        if (isUsed(key, typed, typed, base) && isThing(key)) makers.set(key, [...steps, id]);
    for (const { kind, name, change } of thingsAfter(held, now)) {
      if (name === undefined || change === undefined) continue;
      const key = `${kind} ${name}`;
      if (change === 'gone') makers.delete(key);
      else
        makers.set(key, change === 'new' ? [id] : [...new Set([...(makers.get(key) ?? []), id])]);
    }
    for (const [, name = ''] of typed.matchAll(ASSIGNED)) makers.set(`variable ${name}`, [id]);
    if (GOES_ELSEWHERE.test(typed)) makers.set('folder', [...(makers.get('folder') ?? []), id]);
    held = now;
    last = id;
  }
  return needed;
}

function isThing(key: string): boolean {
  return key !== 'folder' && !key.startsWith('variable ');
}

function isUsed(key: string, typed: string, text: string, base: readonly string[]): boolean {
  const [kind, name = ''] = key.split(' ');
  if (kind === 'folder') return true;
  if (kind === 'variable') return Array.from(typed.matchAll(USED)).some(([, one]) => one === name);
  if (kind === 'image' && base.includes(name) && FETCHES.test(typed)) return false;
  return isNamedIn(text, name);
}

/**
 * Whether a name is a word of a text, and not a part of a longer one, nor one that a command gives
 * (also with a typo).
 */
function isNamedIn(text: string, name: string): boolean {
  const literal = name.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(String.raw`(?<![\w.-]|--n[am]+e[ =])${literal}(?![\w-]|\.\w)`).test(text);
}
