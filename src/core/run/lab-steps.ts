import type { LessonMask, SourceFile, Step } from '../lesson/model.ts';
import type { StepInBrowser } from './browser-result.ts';
import type { ComparedResult } from './step-result.ts';

/** `steps.json` of a lesson, which the page fetches to run its steps in the reader's tab. */
export interface LabSteps {
  readonly lesson: string;
  /** Images that are there at the start, such as `debian`. */
  readonly images: readonly string[];
  readonly masks: readonly Pick<LessonMask, 'name' | 'pattern' | 'why'>[];
  readonly blocks: readonly LabBlock[];
}

export type LabBlock = LabFile | LabStep;

/** A file to write into the session's folder. */
export type LabFile = Pick<SourceFile, 'kind' | 'path' | 'text'>;

export interface LabStep extends Pick<Step, 'kind' | 'id' | 'commands' | 'options'> {
  readonly recorded: ComparedResult;
  readonly browser: StepInBrowser;
}
