import { z } from 'astro/zod';
import { isAnonymous, isGenerated, isId, shortName, type LabState } from './leftovers.ts';

const NAMES = z.array(z.string()).readonly();

const STATE = z
  .object({
    /** States of the containers with a name of their own, by that name: `running`, for example. */
    containers: z.record(z.string(), z.string()).readonly().exactOptional(),
    /** The containers whose names Docker has chosen. */
    unnamed: z
      .array(z.object({ image: z.string(), state: z.string(), count: z.number() }).readonly())
      .readonly()
      .exactOptional(),
    images: NAMES.exactOptional(),
    /** Number of images without a name. */
    untagged: z.number().exactOptional(),
    volumes: NAMES.exactOptional(),
    /** Number of volumes without a name. */
    anonymous: z.number().exactOptional(),
    /** Without those that each Engine has. */
    networks: NAMES.exactOptional(),
  })
  .readonly();

/** What the Engine of a lab holds; kinds of which it holds nothing are absent. */
export type EngineState = z.infer<typeof STATE>;

export const STATES = z
  .object({
    /** Before the first step. */
    start: STATE,
    /** After the steps that changed it, by step id. */
    after: z.record(z.string(), STATE).readonly(),
  })
  .readonly();

/** What the Engine holds in the course of a lesson: part of its proof. */
export type States = z.infer<typeof STATES>;

/** The networks that each Engine has (docs.docker.com/engine/network/drivers). */
const BUILT_IN = ['bridge', 'host', 'none'];

/** What a lab's Engine holds, without what differs from one run to the next. */
export function engineState({
  containers,
  images,
  volumes,
  networks,
}: Pick<LabState, 'containers' | 'images' | 'volumes' | 'networks'>): EngineState {
  const [unnamed, named] = [
    containers.filter(({ name }) => isGenerated(name)),
    containers.filter(({ name }) => !isGenerated(name)),
  ];
  const kinds = new Map<string, { image: string; state: string; count: number }>();
  for (const { image, state } of unnamed) {
    const kind = { image: isId(image) ? '' : shortName(image), state, count: 0 };
    const key = `${kind.image} ${state}`;
    const found = kinds.get(key) ?? kind;
    kinds.set(key, { ...found, count: found.count + 1 });
  }
  const imageNames = images.flatMap(({ name }) => (name === undefined ? [] : [shortName(name)]));
  const ids = new Set(images.flatMap(({ name, id }) => (name === undefined ? [id] : [])));
  const [volumeNames, own] = [
    volumes.filter((name) => !isAnonymous(name)),
    networks.filter((name) => !BUILT_IN.includes(name)),
  ];
  const anonymous = volumes.length - volumeNames.length;
  return {
    ...(named.length > 0 && {
      containers: Object.fromEntries(named.map(({ name, state }) => [name, state] as const).sort()),
    }),
    ...(kinds.size > 0 && {
      unnamed: [...kinds.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, kind]) => kind),
    }),
    ...(imageNames.length > 0 && { images: [...new Set(imageNames)].sort() }),
    ...(ids.size > 0 && { untagged: ids.size }),
    ...(volumeNames.length > 0 && { volumes: volumeNames.toSorted() }),
    ...(anonymous > 0 && { anonymous }),
    ...(own.length > 0 && { networks: own.toSorted() }),
  };
}

/**
 * The states of a lesson, without those that repeat the one before.
 * @param after by step id, in lesson order
 */
export function statesOf(start: EngineState, after: ReadonlyMap<string, EngineState>): States {
  let last = JSON.stringify(start);
  const changed = [...after].filter(([, state]) => {
    const isNew = JSON.stringify(state) !== last;
    last = JSON.stringify(state);
    return isNew;
  });
  return { start, after: Object.fromEntries(changed) };
}

/** The first step after which two runs of a lesson hold different things, and what that is. */
export interface StateDifference {
  /** Absent if that is before the first step. */
  readonly step?: string;
  readonly before: string;
  readonly now: string;
}

/** Where two runs of a lesson hold different things; undefined if they nowhere do. */
export function stateDifference(before: States, now: States): StateDifference | undefined {
  const text = (state: EngineState | undefined) => (state ? stateText(state) : 'as before');
  if (stateText(before.start) !== stateText(now.start))
    return { before: text(before.start), now: text(now.start) };
  const steps = [...new Set([...Object.keys(now.after), ...Object.keys(before.after)])];
  return steps
    .map((step) => ({ step, before: text(before.after[step]), now: text(now.after[step]) }))
    .find((one) => one.before !== one.now);
}

/** What an Engine holds, in words for messages. */
export function stateText(state: EngineState): string {
  const texts = thingsOf(state).map(({ kind, name, image, state: status, count }) => {
    const number = count === undefined ? '' : `${count} × `;
    const nameless = image ? `of ${image}` : 'without a name';
    return `${number}${kind} ${name ?? nameless}${status ? `, ${status}` : ''}`;
  });
  return texts.join('; ') || 'nothing';
}

/** A thing that an Engine holds. */
export interface Thing {
  readonly kind: 'container' | 'image' | 'volume' | 'network';
  /** Absent for things whose names say nothing. */
  readonly name?: string;
  /** Of a container. */
  readonly state?: string;
  /** Image of a container without a name; empty if that has none either. */
  readonly image?: string;
  /** How many of them there are, if they have no names. */
  readonly count?: number;
}

/** A thing, and what has become of it in a step. */
export interface ThingAfter extends Thing {
  readonly change?: 'new' | 'changed' | 'gone';
}

/** The things that a state lists. */
export function thingsOf(state: EngineState): Thing[] {
  const { containers = {}, unnamed = [], images = [], untagged, volumes = [] } = state;
  const { anonymous, networks = [] } = state;
  return [
    ...Object.entries(containers).map(([name, one]) => ({
      kind: 'container' as const,
      ...{ name, state: one },
    })),
    ...unnamed.map((one) => ({ kind: 'container' as const, ...one })),
    ...images.map((name) => ({ kind: 'image' as const, name })),
    ...(untagged === undefined ? [] : [{ kind: 'image' as const, count: untagged }]),
    ...volumes.map((name) => ({ kind: 'volume' as const, name })),
    ...(anonymous === undefined ? [] : [{ kind: 'volume' as const, count: anonymous }]),
    ...networks.map((name) => ({ kind: 'network' as const, name })),
  ];
}

/**
 * The things of a state, with what has changed since an earlier one; those that are gone are last.
 */
export function thingsAfter(before: EngineState, after: EngineState): ThingAfter[] {
  const was = new Map(thingsOf(before).map((thing) => [keyOf(thing), thing]));
  const now = thingsOf(after);
  const keys = new Set(now.map(keyOf));
  return [
    ...now.map((thing) => {
      const old = was.get(keyOf(thing));
      if (old === undefined) return { ...thing, change: 'new' as const };
      const isSame = old.state === thing.state && old.count === thing.count;
      return isSame ? thing : { ...thing, change: 'changed' as const };
    }),
    ...[...was].flatMap(([key, thing]) =>
      keys.has(key) ? [] : [{ ...thing, change: 'gone' as const }],
    ),
  ];
}

function keyOf({ kind, name, image, state }: Thing): string {
  return name === undefined ? `${kind} of ${image} ${state}` : `${kind} ${name}`;
}
