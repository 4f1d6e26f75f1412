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

it('a lab has the recipe for what it adds', async () => {
  const labs = ['machines', 'apps', 'platforms'];
  const [machines, apps, platforms] = await Promise.all(labs.map(readDefinition));
  const paths = (definition = machines): string[] =>
    definition?.files.map(({ path }) => path) ?? [];
  expect(paths(machines)).toContain('extend/install.sh');
  expect(paths(machines)).not.toContain('more-images/build.sh');
  expect(paths(apps)).toContain('more-images/build.sh');
  expect(paths(apps)).not.toContain('extend/install.sh');
  expect(paths(platforms)).toContain('build/stable-hook.sh');
  expect(paths(machines)).not.toContain('build/stable-hook.sh');
  const script = 'extend/install.sh';
  const installs = [machines, platforms].map((lab) =>
    lab?.files.find(({ path }) => path === script),
  );
  expect(installs[0]?.content).not.toEqual(installs[1]?.content);
});

it('what describes an image does not change it', async () => {
  const { files } = await readDefinition('apps');
  const paths = files.map(({ path }) => path);
  expect(paths).toContain('definition/served-npm/package-lock.json');
  expect(paths).not.toContain('definition/behaviours.yaml');
  expect(paths).not.toContain('definition/lock.json');
});
