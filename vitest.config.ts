import { defineConfig } from 'vitest/config';

/** Tests that count what is left on the machine: nothing else may start containers meanwhile. */
const ALONE = ['tests/faults.test.ts', 'tests/lab.test.ts', 'tests/leftovers.test.ts'];

const real = {
  testTimeout: 180_000,
  hookTimeout: 300_000,
};

export default defineConfig({
  test: {
    allowOnly: false,
    globalSetup: ['tests/setup.ts'],
    // One project after another.
    projects: [
      {
        test: {
          name: 'pure',
          include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...real,
          name: 'real',
          include: ['tests/**/*.test.ts'],
          exclude: ALONE,
          // They share one Engine and two cores, and much of their time is waiting.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...real,
          name: 'alone',
          include: ALONE,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
