import { setTimeout } from 'node:timers';

/**
 * Loaded into a program whose CPU time is measured. The build stops Pagefind's indexer but does not
 * wait for it, and the CPU time of a child counts only after its parent has waited for it.
 */
let waited = false;
process.on('beforeExit', () => {
  if (waited) return;
  waited = true;
  setTimeout(() => undefined, 200);
});
