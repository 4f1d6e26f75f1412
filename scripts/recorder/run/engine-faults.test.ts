import { expect, test } from 'vitest';
import { engineFaultOn } from './engine-faults.ts';

const LOST_LAYER =
  'ERROR: failed to build: failed to solve: failed to prepare extraction snapshot "extract-771744199-MArs sha256:1d41b7b3": ' +
  'parent snapshot sha256:4febd379 does not exist: not found';

const LOST_VIEW =
  'Error response from daemon: NotFound: snapshot ye9nd04xzjd4dcn1ktitchp0o-view does not exist: not found';

test('a fault of the Engine is known by its words', () => {
  expect(engineFaultOn(`$ docker system df\n${LOST_VIEW}\n`)?.source).toContain('issues/3599');
  expect(engineFaultOn(`$ docker build -q .\n${LOST_LAYER}\n`)?.source).toContain(
    'buildkit/issues',
  );
});

test('what a lesson can do wrong is none', () => {
  for (const screen of [
    'ERROR: failed to build: failed to solve: debain: failed to resolve source metadata: not found',
    LOST_LAYER.replace('parent snapshot', 'image'),
    LOST_LAYER.replace(': parent', ':\nparent'),
    LOST_VIEW.replace('-view', ''),
    `Hint: ${LOST_VIEW}`,
  ])
    expect(engineFaultOn(screen)).toBeUndefined();
});
