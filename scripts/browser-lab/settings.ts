import { NET_DEVICE } from '../../src/browser-lab/format/network.ts';

/** The settings of the machine. A saved state only fits a machine with the same settings. */
export const MACHINE_SETTINGS = {
  /** In bytes, like `vgaMemory`. */
  memory: 256 << 20,
  vgaMemory: 1 << 20,
  /** Serial lines 1 and 2, in addition to line 0. The page's hidden shell uses line 1. */
  uart1: true,
  uart2: true,
  netDevice: NET_DEVICE,
  /** Size of a part of the disk in bytes. */
  partBytes: 256 << 10,
  /**
   * Settings of v86's compiler, by number (`set_jit_config` in its jit.rs). Setting 1 is the
   * maximum number of pages that are compiled together: with a single page, the functions are
   * smaller, and the browser compiles them sooner.
   */
  jit: { 1: 1 },
  /**
   * The processor's clock is steady, an emulated processor needs no mitigations, and the random
   * numbers of the host are good.
   */
  commandLine:
    'console=ttyS0 root=/dev/sda ro rootfstype=ext4 init=/init tsc=reliable mitigations=off random.trust_cpu=on quiet',
} as const;

/** Numbers of the serial lines of the reader's shell and the hidden shell. */
export const SERIAL = { shell: 0, control: 1 } as const;
