import { z } from 'astro/zod';
import { readFileSync } from 'node:fs';
import type { LabState } from '../../../src/core/recording/leftovers.ts';
import type { Lab } from '../../lab/index.ts';
import { HOME, SESSION_FOLDER } from './session.ts';

const SCRIPT = readFileSync(new URL('lab-state.sh', import.meta.url), 'utf8');

const NAMED = z.object({ Name: z.string() });

/**
 * The lines that the script prints. The first five are answers of the Engine's API
 * (docs.docker.com/reference/api/engine).
 */
const ANSWERS = z.tuple([
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
  z.object({ BuildCache: z.array(z.object({ InUse: z.boolean() })).nullish() }),
  z.array(NAMED),
  z.object({ currentContext: z.string().optional() }),
  z.array(z.string()),
  z.array(z.string()),
]);

/** What a lab holds; the reason if its Engine does not answer. */
export async function labState(lab: Lab): Promise<LabState | { readonly why: string }> {
  const command = ['bash', '-c', SCRIPT, 'lab-state.sh', SESSION_FOLDER, HOME];
  const { status, stdout, stderr } = await lab.tools.run(command);
  if (status !== 0) return { why: stderr.trim() || `exit status ${status}` };
  const lines = stdout.split('\n').filter((line) => line !== '');
  const [containers, images, { Volumes }, networks, { BuildCache }, contexts, config, ...rest] =
    ANSWERS.parse(lines.map((line): unknown => JSON.parse(line)));
  const names = (list: readonly z.infer<typeof NAMED>[] | null) =>
    list?.map(({ Name }) => Name) ?? [];
  const [files, programs] = rest;
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
    volumes: names(Volumes),
    networks: names(networks),
    contexts: names(contexts),
    context: config.currentContext ?? 'default',
    // Engine 29 keeps the context of a build that failed in use until it ends, a few kB: no command
    // can remove that.
    cache: BuildCache?.filter(({ InUse }) => !InUse).length ?? 0,
    files,
    programs,
  };
}
