/** An abort signal that SIGINT, SIGTERM and SIGHUP raise; a second SIGINT ends the process at once. */
export function onInterrupt(): AbortSignal {
  const controller = new AbortController();
  const abort = () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  process.on('SIGINT', abort);
  process.on('SIGTERM', abort);
  process.on('SIGHUP', abort);
  return controller.signal;
}
