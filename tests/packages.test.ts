import { expect, test } from 'vitest';
import { installPackages } from '../scripts/lab/engine/packages.ts';

test('two installations at once wait for each other', async () => {
  // Both are there already: what is tried is the way to them.
  const installations = ['hostname', 'sed', 'grep'].map((name) =>
    installPackages([name], () => undefined),
  );
  const results = await Promise.allSettled(installations);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
});
