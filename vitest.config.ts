import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * The file that records all lessons again is the shortest to read and among the longest to run. Vitest begins
 * with the largest files, so it would come last, with one worker idle beside it.
 */
class LessonsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isFirst = ({ moduleId }: TestSpecification) =>
      moduleId.endsWith('/tests/recorder/lessons.test.ts');
    const sorted = await super.sort(files);
    return sorted.sort((a, b) => Number(isFirst(b)) - Number(isFirst(a)));
  }
}

export default defineConfig({
  test: {
    allowOnly: false,
    globalSetup: ['tests/support/setup.ts'],
    sequence: { sequencer: LessonsFirst },
    // One project after the other.
    projects: [
      {
        test: {
          name: 'pure',
          include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
          // Other work on the machine must not fail a test.
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'real',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/browser-lab/built/**'],
          // They share one Engine and two cores, and much of their time is waiting. Whoever counts what is left on
          // the machine counts what is its own.
          maxWorkers: 2,
          testTimeout: 180_000,
          hookTimeout: 300_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          // `npm run test:vm`: with the browser lab, which takes minutes to build.
          name: 'vm',
          include: ['tests/browser-lab/built/**/*.test.ts'],
          // One machine at a time: how long it takes is a part of what is looked at.
          maxWorkers: 1,
          testTimeout: 600_000,
          hookTimeout: 600_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
