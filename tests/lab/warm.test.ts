import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OuterEngine } from '../../scripts/lab/outer-engine/model.ts';
import { outerEngine } from '../../scripts/lab/outer-engine/outer.ts';
import {
  keepWarm,
  type Lab,
  type LabHost,
  type LabSpec,
  openLabHost,
} from '../../scripts/lab/index.ts';

const QUIET = (): void => undefined;
const spec: LabSpec = { lab: 'default', store: 'containerd', images: ['busybox'] };
let outer: OuterEngine;
let host: LabHost;
/** All labs, in the order in which they were opened. */
const opened: { readonly of: LabSpec; readonly made: Promise<Lab> }[] = [];

beforeAll(async () => {
  outer = await outerEngine(QUIET);
  const own = await openLabHost(QUIET);
  host = keepWarm({
    ...own,
    openLab: (of) => {
      const made = own.openLab(of);
      opened.push({ of, made });
      return made;
    },
  });
});
afterAll(async () => {
  await host.close();
  await outer.release();
});

test('the next lab of a kind is already booted, and is a fresh one', async () => {
  const first = await host.openLab(spec);
  await first.run(['touch', '/root/was-here']);
  expect(opened).toHaveLength(1);
  await first.close();
  await first.close();
  expect(opened).toHaveLength(2);

  const second = await host.openLab(spec);
  expect(opened).toHaveLength(2);
  expect(second.id).not.toBe(first.id);
  expect(await second.run(['ls', '/root/was-here'])).not.toMatchObject({ status: 0 });
  expect((await second.run(['docker', 'images', '-q'])).stdout).not.toBe('');
  await second.close();

  // A lab that was killed while it waited is replaced.
  const third = await host.openLab(spec);
  await third.close();
  expect(opened).toHaveLength(4);
  const harmed = await opened[3]?.made;
  await outer.docker.getContainer(harmed?.id ?? '').kill();
  const fourth = await host.openLab(spec);
  expect(opened).toHaveLength(5);
  expect(fourth.id).not.toBe(harmed?.id);
  expect(await fourth.run(['docker', 'version'])).toMatchObject({ status: 0 });
  await fourth.close();

  // A lab of another kind is opened on request.
  const other = await host.openLab({ ...spec, store: 'overlay2' });
  expect(other.facts.store).toBe('overlay2');
  expect(opened.at(-1)).toMatchObject({ of: { store: 'overlay2' } });
  await other.close();
});
