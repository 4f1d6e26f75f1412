import { setTimeout } from 'node:timers';

/**
 * Loaded before a program whose processor time is measured. Pagefind's indexer is stopped at the end of a build and not
 * waited for, and the time of a process counts for its parent only once that has waited for it.
 */
let waited = false;
process.on('beforeExit', () => {
  if (waited) return;
  waited = true;
  setTimeout(() => undefined, 200);
});
