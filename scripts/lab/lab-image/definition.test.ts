import { expect, it } from 'vitest';
import { readBootFiles, readDefinition } from './definition.ts';

it('the default lab depends on the scripts that start its Engine', async () => {
  const { files } = await readDefinition('default');
  expect(files).toEqual(expect.arrayContaining(await readBootFiles()));
  expect(files.map(({ path }) => path)).toContain('boot/boot.sh');
});

it('a lab that extends the default lab depends on its hash', async () => {
  const [base, machines] = await Promise.all(['default', 'machines'].map(readDefinition));
  expect(machines?.base?.hash).toBe(base?.hash);
});

it('a lab has the recipe for packages or the one for images', async () => {
  const [machines, apps] = await Promise.all(['machines', 'apps'].map(readDefinition));
  const paths = (definition = machines): string[] =>
    definition?.files.map(({ path }) => path) ?? [];
  expect(paths(machines)).toContain('extend/install.sh');
  expect(paths(machines)).not.toContain('more-images/build.sh');
  expect(paths(apps)).toContain('more-images/build.sh');
  expect(paths(apps)).not.toContain('extend/install.sh');
});

it('what describes an image does not change it', async () => {
  const { files } = await readDefinition('apps');
  const paths = files.map(({ path }) => path);
  expect(paths).toContain('definition/served-npm/package-lock.json');
  expect(paths).not.toContain('definition/behaviours.yaml');
  expect(paths).not.toContain('definition/lock.json');
});
