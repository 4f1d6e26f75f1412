/*
 * v86 yields between two time slices of the guest. In browsers it starts a `blob:` worker for that,
 * which a strict Content-Security-Policy forbids, unless `scheduler.postTask` exists and the
 * address contains `use-scheduling-api` (v86, src/main.js). This is a replacement for browsers
 * without a scheduler. It must be imported before v86, which checks when it is loaded.
 */
interface Tasks {
  postTask(task: () => void, options: { readonly delay: number }): void;
}

const place = globalThis as unknown as { scheduler?: Tasks };
place.scheduler ??= messageScheduler();

/** Uses messages because nested timers of 0 ms wait for 4 ms. */
function messageScheduler(): Tasks {
  const { port1, port2 } = new MessageChannel();
  const tasks: (() => void)[] = [];
  port1.onmessage = () => tasks.shift()?.();
  return {
    postTask(task, { delay }) {
      if (delay > 0) setTimeout(task, delay);
      else {
        tasks.push(task);
        port2.postMessage(undefined);
      }
    },
  };
}
