import type { Command, LessonMask, StepOptions } from '../lesson/model.ts';
import type { StepInBrowser } from './browser-result.ts';
import type { ComparedResult } from './step-result.ts';

/** `steps.json` of a lesson, which the page fetches to run its steps in the reader's tab. */
export interface LabSteps {
  readonly lesson: string;
  readonly masks: readonly Pick<LessonMask, 'name' | 'pattern' | 'why'>[];
  readonly blocks: readonly LabBlock[];
}

export type LabBlock = LabFile | LabStep;

/** A file to write into the session's folder. */
export interface LabFile {
  readonly kind: 'file';
  readonly path: string;
  readonly text: string;
}

export interface LabStep {
  readonly kind: 'step';
  readonly id: string;
  readonly commands: readonly Command[];
  readonly options: StepOptions;
  readonly recorded: ComparedResult;
  readonly browser: StepInBrowser;
}
