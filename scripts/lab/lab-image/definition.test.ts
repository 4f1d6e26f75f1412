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
