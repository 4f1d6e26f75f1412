/** An intermittent fault of the Engine, which no lesson can avoid. */
export interface EngineFault {
  /** As the Engine prints it, on one line. */
  readonly pattern: RegExp;
  readonly what: string;
  readonly source: string;
}

/**
 * Each entry gives a lesson up to two further tries: only faults that are reported, and told by a
 * text that nothing else prints.
 */
const ENGINE_FAULTS: readonly EngineFault[] = [
  {
    pattern:
      /failed to prepare extraction snapshot .*parent snapshot \S+ does not exist: not found/,
    what: 'the Engine removed a layer that a build was about to use',
    source: 'https://github.com/moby/buildkit/issues/6521',
  },
  {
    pattern: /^Error response from daemon: NotFound: snapshot \w+-view does not exist: not found$/m,
    what: 'the Engine counted a snapshot that it was about to remove after a build',
    source: 'https://github.com/moby/buildkit/issues/3599',
  },
];

/** The known fault that a screen shows. */
export function engineFaultOn(screen: string): EngineFault | undefined {
  return ENGINE_FAULTS.find(({ pattern }) => pattern.test(screen));
}
