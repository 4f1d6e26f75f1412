import type { Fence } from './fence.ts';
import type { SourceFile } from './model.ts';
import { isInside } from './paths.ts';
import type { ReportProblem } from './problem.ts';

/** Reads a fence with `file="…"` and reports its faults. */
export function readSourceFile(
  { path, language, body, line, fault }: Extract<Fence, { kind: 'file' }>,
  report: ReportProblem,
): SourceFile | undefined {
  if (fault !== undefined || path === undefined) {
    report({
      line,
      title: 'a file fence has no valid file name',
      ...fault,
      hint: 'write it as ```dockerfile file="Dockerfile"',
    });
    return undefined;
  }
  if (!isInside(path)) {
    report({
      line,
      title: 'the path of a file fence is not valid',
      found: path,
      hint: "use a path inside the session's folder, such as app/main.sh",
    });
    return undefined;
  }
  return { kind: 'file', path, line, language, text: `${body}\n` };
}
