/** What the machine is: a saved state fits no other. */
export const MACHINE_SETTINGS = {
  /** In bytes, as `vgaMemory`. */
  memory: 256 << 20,
  vgaMemory: 1 << 20,
  /** Lines 1 and 2 beside the first: the page's shell, and one for the look at who waits for the keyboard. */
  uart1: true,
  uart2: true,
  /** Bytes of a part of the disk. */
  partBytes: 256 << 10,
  /**
   * Settings of v86's compiler by number (`set_jit_config` of its jit.rs). 1 is the largest number of pages that are compiled together:
   * of one page the browser gets small functions, and is done with them sooner.
   */
  jit: { 1: 1 },
  /**
   * The processor's clock is steady, no emulated processor leaks through mitigations, and the host's random numbers are good.
   */
  commandLine:
    'console=ttyS0 root=/dev/sda ro rootfstype=ext4 init=/init tsc=reliable mitigations=off random.trust_cpu=on quiet',
} as const;

export const SERIAL = { shell: 0, control: 1, look: 2 } as const;
