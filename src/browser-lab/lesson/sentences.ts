import type { LabWords } from '../../site/i18n/client/browser-lab.ts';
import type { BriefFault, SkipReason } from '../../core/run/browser-result.ts';
import type { Comparison } from '../../core/run/comparison.ts';

/** Describes the result of a step in sentences, of which the first is a summary. */
export function sentences({ verdict }: LabWords, result: Comparison): string[] {
  switch (result.kind) {
    case 'same':
      return [verdict.same];
    case 'fits':
      return [verdict.fits];
    default:
      return [verdict.unmet, ...faults(verdict, result)];
  }
}

/** Describes why a step does not run in the browser lab. */
export function whyNot({ verdict, refused }: LabWords, why: SkipReason): string {
  switch (why.kind) {
    case 'programs':
    case 'network':
    case 'untried':
      return refused[why.kind];
    case 'images':
      return refused.images(why.images.join(', '));
    default:
      return faults(verdict, why).join(' ');
  }
}

function faults(verdict: LabWords['verdict'], fault: BriefFault): string[] {
  switch (fault.kind) {
    case 'status':
      return [verdict.status(String(fault.wanted), String(fault.got))];
    case 'ended':
      return [verdict.ends[fault.how]];
    case 'unmet':
      return fault.unmet.map(({ kind, expected }) =>
        kind === 'absent' ? verdict.absent(expected.replace(/^no /, '')) : verdict.shows(expected),
      );
  }
}
