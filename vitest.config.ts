import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    allowOnly: false,
    globalSetup: ['tests/setup.ts'],
    // One project after the other.
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
          name: 'real',
          include: ['tests/**/*.test.ts'],
          // They share one Engine and two cores, and much of their time is waiting. Whoever counts what is left on
          // the machine counts what is its own.
          maxWorkers: 2,
          testTimeout: 180_000,
          hookTimeout: 300_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
