import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, inject } from 'vitest';
import { copyProject, type Project } from '../../scripts/tools/fixtures/project.ts';

/** Where the site of `realSite` says that it stands. */
export const SITE_URL = 'https://example.org/';

/**
 * The site of this repository as it is published. It is built once for all test files: none may
 * change it.
 */
export async function realSite(): Promise<Pick<Project, 'root'>> {
  const folder = join(inject('shared'), 'site');
  const result = join(folder, 'result.json');
  // Whoever makes the folder builds, all others wait.
  const isFirst = await mkdir(folder).then(
    () => true,
    () => false,
  );
  if (isFirst) {
    const project = await copyProject('real', join(folder, 'project'));
    const built = await project.build({ SITE_URL });
    await writeFile(`${result}.new`, JSON.stringify(built));
    await rename(`${result}.new`, result);
  }
  while (!existsSync(result)) await sleep(200);
  expect(JSON.parse(await readFile(result, 'utf8'))).toEqual({ status: 0, output: '' });
  return { root: join(folder, 'project') };
}
