import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Starts with the file that records all lessons again: it is one of the smallest files but takes
 * the longest. Vitest starts with the largest files, so it would come last, leaving one worker
 * idle.
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
    // Projects run one after another.
    projects: [
      {
        test: {
          name: 'pure',
          // These tests change nothing that their process shares, and most of the time would be
          // spent loading the same modules again.
          isolate: false,
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
          // Tests share one Engine and two cores and spend much of their time waiting. Those that
          // check for leftovers must count only their own.
          maxWorkers: 2,
          testTimeout: 180_000,
          hookTimeout: 300_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          // `npm run test:vm`: requires the browser lab, which takes minutes to build.
          name: 'vm',
          include: ['tests/browser-lab/built/**/*.test.ts'],
          // One machine at a time, because tests measure durations.
          maxWorkers: 1,
          testTimeout: 600_000,
          hookTimeout: 600_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
