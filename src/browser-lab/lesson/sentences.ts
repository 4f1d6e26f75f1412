import type { LabWords } from '../../site/i18n/client/browser-lab.ts';
import type { BriefFault, Refusal } from '../../core/run/browser-result.ts';
import type { Comparison } from '../../core/run/comparison.ts';

/** What came of a step, in sentences; the first one says it in short. */
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

/** Why a step does not run here. */
export function whyNot({ verdict, refused }: LabWords, why: Refusal): string {
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
