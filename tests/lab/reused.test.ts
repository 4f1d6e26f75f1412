import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLabHost, type LabHost, type LabSpec } from '../../scripts/lab/index.ts';
import { reuseLabs } from '../support/reused-labs.ts';

const spec: LabSpec = { lab: 'default', store: 'containerd', images: ['busybox'] };
let host: LabHost;
beforeAll(async () => {
  host = reuseLabs(await openLabHost(() => undefined));
});
afterAll(() => host.close());

test('a lab that tests share is used again only if nothing was left in it', async () => {
  const first = await host.openLab(spec);
  await first.run(['docker', 'run', '--rm', 'busybox', 'true']);
  await first.close();
  const second = await host.openLab({ ...spec, images: [] });
  expect(second.id).toBe(first.id);
  expect((await second.run(['docker', 'images', '-q'])).stdout).toBe('');
  await second.run(['sh', '-c', 'touch /etc/left']);
  await second.close();
  const third = await host.openLab(spec);
  expect(third.id).not.toBe(first.id);
});
