import { z } from 'astro/zod';
import { readFileSync } from 'node:fs';
import type { LabState } from '../../../src/core/recording/leftovers.ts';
import { engineState, type EngineState } from '../../../src/core/recording/states.ts';
import type { Lab } from '../../lab/index.ts';
import { HOME, SESSION_FOLDER } from './session.ts';

const [ENGINE_SCRIPT = '', LAB_SCRIPT = ''] = ['engine-state.sh', 'lab-state.sh'].map((file) =>
  readFileSync(new URL(file, import.meta.url), 'utf8'),
);

const NAMED = z.object({ Name: z.string() });

/** Answers of the Engine's API (docs.docker.com/reference/api/engine), each in a line. */
const ENGINE = [
  z.array(
    z.object({ Id: z.string(), Names: z.array(z.string()), Image: z.string(), State: z.string() }),
  ),
  z.array(
    z.object({
      Id: z.string(),
      RepoTags: z.array(z.string()).nullable(),
      RepoDigests: z.array(z.string()).nullable(),
    }),
  ),
  z.object({ Volumes: z.array(NAMED).nullable() }),
  z.array(NAMED),
] as const;
const ENGINE_ANSWERS = z.tuple([...ENGINE]);
const ANSWERS = z.tuple([
  ...ENGINE,
  z.object({ BuildCache: z.array(z.object({ InUse: z.boolean() })).nullish() }),
  z.array(NAMED),
  z.object({ currentContext: z.string().optional() }),
  z.array(z.string()),
  z.array(z.string()),
]);

/** What a lab holds, or why that cannot be found out. */
export async function labState(lab: Lab): Promise<LabState | { readonly why: string }> {
  const script = `${ENGINE_SCRIPT}${LAB_SCRIPT}`;
  const command = ['bash', '-c', script, 'lab-state.sh', SESSION_FOLDER, HOME];
  const { status, stdout, stderr } = await lab.tools.run(command);
  if (status !== 0) return { why: stderr.trim() || `exit status ${status}` };
  let answers: unknown[];
  try {
    answers = linesOf(stdout);
  } catch (error) {
    return { why: `~/.docker/config.json is not valid JSON (${(error as SyntaxError).message})` };
  }
  const [containers, images, volumes, networks, { BuildCache }, contexts, config, files, programs] =
    ANSWERS.parse(answers);
  return {
    ...heldBy([containers, images, volumes, networks]),
    contexts: contexts.map(({ Name }) => Name),
    context: config.currentContext ?? 'default',
    // Engine 29 keeps the context of a build that failed in use until it ends, a few kB: no command
    // can remove that.
    cache: BuildCache?.filter(({ InUse }) => !InUse).length ?? 0,
    files,
    programs,
  };
}

/** What the Engine of a lab holds; undefined if it does not answer. */
export async function askEngine(lab: Lab): Promise<EngineState | undefined> {
  const { status, stdout } = await lab.tools.run(['bash', '-c', ENGINE_SCRIPT, 'engine-state.sh']);
  return status === 0 ? engineState(heldBy(ENGINE_ANSWERS.parse(linesOf(stdout)))) : undefined;
}

/** @throws {SyntaxError} if the file in one of the lines, which a lesson may write, is not JSON */
function linesOf(text: string): unknown[] {
  return text.split('\n').flatMap((line): unknown[] => (line === '' ? [] : [JSON.parse(line)]));
}

function heldBy([containers, images, volumes, networks]: z.infer<typeof ENGINE_ANSWERS>) {
  return {
    containers: containers.map(({ Id: id, Names: [name = ''], Image: image, State: state }) => ({
      ...{ id, name: name.slice(1), image, state },
    })),
    images: images.flatMap(({ Id: id, RepoTags, RepoDigests }) => {
      const digests = (RepoDigests ?? []).map((digest) => digest.replace(/^.*@/, ''));
      // An image that was pulled by its digest has that as a tag, too.
      const tags = (RepoTags ?? []).filter((tag) => !/@|^<none>/.test(tag));
      return tags.length === 0 ? [{ id, digests }] : tags.map((name) => ({ name, id, digests }));
    }),
    volumes: volumes.Volumes?.map(({ Name }) => Name) ?? [],
    networks: networks.map(({ Name }) => Name),
  };
}
