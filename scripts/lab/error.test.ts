import { expect, test } from 'vitest';
import { asLabError } from './error.ts';

test.each([
  // Errors of an Engine with overlay2, and of containerd when it unpacks a layer.
  [
    '(HTTP code 500) server error - mkdir /var/lib/docker/overlay2/1: no space left on device',
    'npm run lab -- --clean',
  ],
  ['failed to extract layer: No space left on device: unknown', 'npm run lab -- --clean'],
  ['(HTTP code 403) forbidden - privileged containers are not allowed', 'DOCKER_HOST'],
])('an error of the Engine that hosts the labs has a fix: %s', (reason, hint) => {
  const error = asLabError(new Error(reason), 'a lab could not be opened');
  expect(error.message).toBe(`a lab could not be opened: ${reason}`);
  expect(error.hint).toContain(hint);
});
