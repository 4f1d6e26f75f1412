import { readFence } from './fence.ts';
import type { SourceFile } from './model.ts';
import { isInside } from './paths.ts';
import type { Fence, ReportProblem } from './step.ts';

/**
 * Reads a fence that is no step: one with `file="…"` is written into the session's folder, any other is
 * ordinary code and none of the recorder's business.
 */
export function readSourceFile(fence: Fence, report: ReportProblem): SourceFile | undefined {
  if (!/(^|\s)file=/.test(fence.meta)) return undefined;
  const { entries, fault } = readFence(fence.meta);
  const value = entries.find((entry) => entry.name === 'file')?.value;
  if (fault !== undefined || value === undefined || value.kind === 'regex') {
    report({
      line: fence.line,
      title: 'a file fence has no readable name',
      ...fault,
      hint: 'write it as ```dockerfile file="Dockerfile"',
    });
    return undefined;
  }
  const path = value.text;
  if (!isInside(path)) {
    report({
      line: fence.line,
      title: "a file's name is not valid",
      found: path,
      hint: "use a path inside the session's folder, such as app/main.sh",
    });
    return undefined;
  }
  return {
    kind: 'file',
    path,
    line: fence.line,
    language: fence.language,
    text: `${fence.body}\n`,
  };
}
