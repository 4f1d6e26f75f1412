/*
 * v86 gives way to other work between two slices of the guest's time. In a browser it starts a worker from a `blob:` for that, which a
 * strict policy forbids, unless there is `scheduler.postTask` and the address says `use-scheduling-api` (v86, src/main.js). Where
 * a browser has no scheduler, this is one. Has to be imported before v86, which looks when it is loaded.
 */
interface Tasks {
  postTask(task: () => void, options: { readonly delay: number }): void;
}

const place = globalThis as unknown as { scheduler?: Tasks };
place.scheduler ??= messageScheduler();

/** A timer of 0 ms waits for 4 ms when it is set by a timer; a message does not. */
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
