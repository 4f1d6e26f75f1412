import { z } from 'astro/zod';
import { ADJECTIVES } from './container-names.ts';

const NAMES = z.array(z.string()).readonly();

/** What a lesson can create under names of its own. */
const KINDS = ['containers', 'contexts', 'images', 'volumes', 'networks', 'files'] as const;
type Kind = (typeof KINDS)[number];

/**
 * What stays when the things with own names are removed: containers and volumes without a name,
 * pulled and untagged images, and the build cache. It may have been the reader's before.
 */
const KEPT_KINDS = ['containers', 'images', 'untagged', 'volumes', 'cache'] as const;

export const LEFTOVERS = z
  .object({
    /** By kind. Files are relative to the folder in which the lesson begins. */
    names: z.partialRecord(z.enum(KINDS), NAMES).readonly(),
    /** Typed into a new shell in that folder, they have removed all of these. */
    commands: NAMES,
    /** Each with a command that has removed it, and may remove more than the lesson created. */
    kept: z
      .array(z.object({ kind: z.enum(KEPT_KINDS), command: z.string() }).readonly())
      .readonly(),
  })
  .readonly();

/** What a lesson leaves on the Engine and the disk, and how that is removed: part of its proof. */
export type Leftovers = z.infer<typeof LEFTOVERS>;

export type KeptKind = Leftovers['kept'][number]['kind'];

/** What a lab holds at one moment. */
export interface LabState {
  readonly containers: readonly Container[];
  readonly images: readonly Image[];
  readonly volumes: readonly string[];
  readonly networks: readonly string[];
  readonly contexts: readonly string[];
  /** The context that commands use. */
  readonly context: string;
  /** Number of records in the build cache. */
  readonly cache: number;
  /**
   * Files and folders in the folder in which the lesson begins, and in the home and temporary
   * folders, as paths that a reader would type; those of folders end with `/`.
   */
  readonly files: readonly string[];
  /** Command lines of the running processes. */
  readonly programs: readonly string[];
}

interface Container {
  readonly id: string;
  readonly name: string;
  /** As it was typed; an id if the name has gone to another image. */
  readonly image: string;
  /** `exited` or `running`, for example. */
  readonly state: string;
}

interface Image {
  /** `NAME:TAG`; undefined if it has none. */
  readonly name?: string;
  readonly id: string;
  readonly digests: readonly string[];
}

/** What a lesson has created, and how that is removed. */
export interface Created extends Pick<Leftovers, 'names' | 'commands'> {
  /** Things that no command can name, each described. */
  readonly nameless: readonly string[];
}

/**
 * What a lesson has created under its own names.
 * @param before the lab before the first step
 * @param after the lab after the last step
 * @param base digests of the images that are pulled, by name
 */
export function createdBy(
  before: LabState,
  after: LabState,
  base: Readonly<Record<string, string>>,
): Created {
  const fresh = newIn(before, after);
  const hasName = ({ name }: Container) => !isGenerated(name);
  const containers = fresh.containers.filter(hasName).map(({ name }) => name);
  const images = fresh.images.flatMap((image) =>
    image.name === undefined || isBase(image, base) ? [] : [shortName(image.name)],
  );
  const volumes = fresh.volumes.filter((name) => !isAnonymous(name));
  const { contexts, networks, files } = fresh;
  const anonymous = fresh.volumes.some(isAnonymous);
  const switched = contexts.includes(after.context);
  const folders = files.some((file) => file.endsWith('/'));
  const lists = { containers, contexts, images, volumes, networks, files: files.map(plain) };
  const names: Partial<Record<Kind, readonly string[]>> = Object.fromEntries(
    KINDS.map((kind) => [kind, lists[kind].toSorted()] as const).filter(
      ([, list]) => list.length > 0,
    ),
  );
  const remove = (kind: Kind, command: string) => {
    const list = names[kind];
    return list === undefined ? [] : [`${command} ${list.map(quoted).join(' ')}`];
  };
  return {
    names,
    commands: [
      ...(switched ? ['docker context use default'] : []),
      // A program that works in what the lesson has created has to end first.
      ...usedBy(fresh.programs, lists.files).map(
        (file) => `while pkill -f ${file}; do sleep 1; done`,
      ),
      ...remove('containers', anonymous ? 'docker rm -fv' : 'docker rm -f'),
      ...remove('contexts', 'docker context rm'),
      ...remove('images', 'docker rmi'),
      ...remove('volumes', 'docker volume rm'),
      ...remove('networks', 'docker network rm'),
      ...remove('files', folders ? 'rm -r' : 'rm'),
    ],
    nameless: fresh.containers
      .filter((one) => !hasName(one) && (isRunning(one) || isId(one.image)))
      .map(({ image, state }) => `a container of ${image} without a name, ${state}`),
  };
}

/**
 * What is kept when all that has a name of its own is removed.
 * @param before the lab before the first step
 * @param now the lab after that
 */
export function keptAfter(
  before: LabState,
  now: LabState,
  base: Readonly<Record<string, string>>,
): Leftovers['kept'] {
  const { containers, images, volumes } = newIn(before, now);
  const states = [...new Set(containers.map(({ state }) => state))].toSorted();
  const ancestors = [...new Set(containers.map(({ image }) => image))].toSorted();
  const filters = [
    ...states.map((state) => `status=${state}`),
    ...ancestors.map((image) => `ancestor=${image}`),
  ].map((filter) => `--filter ${filter}`);
  const pulled = now.images
    .filter((image) => isBase(image, base))
    .map(({ name = '' }) => shortName(name))
    .toSorted();
  const kept = (kind: KeptKind, holds: boolean, command: string) =>
    holds ? [{ kind, command }] : [];
  return [
    ...kept(
      'containers',
      containers.length > 0,
      `docker rm ${volumes.length > 0 ? '-v ' : ''}$(docker ps -aq ${filters.join(' ')})`,
    ),
    ...kept('images', pulled.length > 0, `docker rmi ${pulled.join(' ')}`),
    ...kept(
      'untagged',
      images.some(({ name }) => name === undefined),
      'docker image prune -f',
    ),
    ...kept('volumes', volumes.length > 0, 'docker volume prune -f'),
    ...kept('cache', now.cache > 0, 'docker builder prune -af'),
  ];
}

/**
 * What a lab still holds of what a lesson has created, each thing described.
 * @param names only things with these names; all if absent
 */
export function leftIn(before: LabState, now: LabState, names?: Leftovers['names']): string[] {
  const { containers, images, ...rest } = newIn(before, now);
  const found = {
    containers: containers.map(({ name }) => name),
    contexts: rest.contexts,
    images: images.map(({ name, id }) => (name === undefined ? id : shortName(name))),
    volumes: rest.volumes,
    networks: rest.networks,
    files: rest.files.map(plain),
  };
  const left = KINDS.flatMap((kind) =>
    found[kind]
      .filter((name) => names === undefined || names[kind]?.includes(name))
      .map((name) => `the ${kind.slice(0, -1)} ${name}`),
  );
  const cache = names === undefined && now.cache > before.cache;
  return cache ? [...left, 'build cache'] : left;
}

/** All commands that remove what a lesson leaves, in one line. */
export function cleanUpText({ commands, kept }: Leftovers): string {
  return [...commands, ...kept.map(({ command }) => command)].join('; ') || 'nothing is left';
}

/** What a lab holds that it did not before. */
function newIn(before: LabState, now: LabState) {
  const not = <T>(list: readonly T[], key: (one: T) => string, known: readonly T[]): T[] => {
    const keys = new Set(known.map(key));
    return list.filter((one) => !keys.has(key(one)));
  };
  const names = (kind: 'volumes' | 'networks' | 'contexts' | 'files' | 'programs') =>
    not(now[kind], (name) => name, before[kind]);
  return {
    containers: not(now.containers, ({ id }) => id, before.containers),
    images: not(now.images, ({ name, id }) => `${name} ${id}`, before.images),
    volumes: names('volumes'),
    networks: names('networks'),
    contexts: names('contexts'),
    files: names('files'),
    programs: names('programs'),
  };
}

/** The files that appear as a word, or in the path of one, in the command line of a program. */
function usedBy(programs: readonly string[], files: readonly string[]): string[] {
  const words = programs.flatMap((program) => program.split(' '));
  return files.filter(
    (file) =>
      /^[\w./-]+$/.test(file) && words.some((word) => word === file || word.startsWith(`${file}/`)),
  );
}

const GENERATED = new RegExp(String.raw`^(?:${ADJECTIVES.join('|')})_[a-z]+\d?$`);

/** Whether Docker has chosen the name of a container. */
export function isGenerated(name: string): boolean {
  return GENERATED.test(name);
}

/** Whether a volume has no other name than its id. */
export function isAnonymous(volume: string): boolean {
  return /^[0-9a-f]{64}$/.test(volume);
}

export function isId(image: string): boolean {
  return /^(?:sha256:)?[0-9a-f]{12,64}$/.test(image);
}

function isRunning({ state }: Container): boolean {
  return state !== 'exited' && state !== 'created';
}

/** Whether an image is as it was pulled. */
function isBase({ name = '', digests }: Image, base: Readonly<Record<string, string>>): boolean {
  return digests.includes(base[name] ?? '');
}

/** The name of an image as it is usually typed: without the tag `latest`. */
export function shortName(image: string): string {
  return image.replace(/:latest$/, '');
}

/** A file without the mark of folders. */
function plain(file: string): string {
  return file.replace(/\/$/, '');
}

/** A name as a shell reads it back. */
function quoted(name: string): string {
  return /^~?[\w./:@%+-]+$/.test(name) ? name : `'${name.replaceAll("'", String.raw`'\''`)}'`;
}
