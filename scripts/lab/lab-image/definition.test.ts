import { expect, it } from 'vitest';
import { readBootFiles, readDefinition } from './definition.ts';

it('the default lab is another one when the scripts change that start the Engine which makes its images', async () => {
  const { files } = await readDefinition('default');
  expect(files).toEqual(expect.arrayContaining(await readBootFiles()));
  expect(files.map(({ path }) => path)).toContain('boot/boot.sh');
});

it('a lab that is built on it is another one when it is', async () => {
  const [base, machines] = await Promise.all(['default', 'machines'].map(readDefinition));
  expect(machines?.base?.hash).toBe(base?.hash);
});
