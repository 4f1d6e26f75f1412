import type { Fence } from './fence.ts';
import { ID, ID_RULE } from './id.ts';
import { stepsOf, type Block, type Step } from './model.ts';
import { emptyDraft, finishDraft, optionRules, pairFaults } from './options.ts';
import type { OptionValue } from './info-string.ts';
import type { Problem, ReportProblem } from './problem.ts';
import { readTyping } from './typing.ts';

/** Reads a `console` fence and reports all of its faults. */
export function readStep(
  { id, options, fault: unreadable, body, line }: Extract<Fence, { kind: 'step' }>,
  before: readonly Block[],
  report: ReportProblem,
): Step | undefined {
  const found: Parameters<ReportProblem>[0][] = [];
  const fault = (problem: Omit<Problem, 'file' | 'line'> & { line?: number }) =>
    void found.push({ line, ...problem });

  if (unreadable !== undefined) fault(unreadable);
  if (id === undefined)
    fault({ title: 'a step has no id', hint: 'write it after the language: ```console first-run' });
  else if (!ID.test(id))
    fault({
      title: "a step's id is not valid",
      found: id,
      hint: `use ${ID_RULE}; its recordings are named after it`,
    });
  const namesake = before.find((block) => block.kind === 'step' && block.id === id);
  if (namesake !== undefined)
    fault({
      title: `the step id ${id ?? ''} is taken`,
      found: `first used in line ${namesake.line}`,
      hint: 'give each step of a lesson a unique id',
    });

  const draft = emptyDraft();
  const seen = new Set<string>();
  for (const { name, value } of options) {
    const [base, part = ''] = splitDot(name);
    const rule = Object.hasOwn(optionRules, base) ? optionRules[base] : undefined;
    if (rule === undefined) {
      fault({
        title: `there is no step option ${name}`,
        expected: Object.keys(optionRules).join(', '),
        hint: nearest(base),
      });
      continue;
    }
    if (seen.has(base) && rule.repeats === undefined)
      fault({ title: `the option ${name} occurs twice`, hint: 'keep one of them' });
    seen.add(base);
    const wanted = rule.apply(draft, value, part);
    if (wanted !== undefined)
      fault({
        title: `the value of the option ${name} is not valid`,
        expected: wanted,
        found: shown(value),
        hint: `write it as ${rule.form}`,
      });
  }
  pairFaults(draft).forEach(fault);

  const { commands, faults } = readTyping(body, line + 1, draft.prompt);
  faults.forEach(fault);
  if (commands[0]?.reader === 'program' && stepsOf({ blocks: before }).length === 0)
    fault({
      line: commands[0].line,
      title: 'a line is typed into a program, but no program is open',
      hint: 'open one first with a `$` line, such as `$ docker run -it debian bash`',
    });
  found.forEach(report);
  return found.length === 0 && id !== undefined
    ? { kind: 'step', id, line, commands, options: finishDraft(draft) }
    : undefined;
}

function splitDot(name: string): [string, string?] {
  const dot = name.indexOf('.');
  return dot < 0 ? [name] : [name.slice(0, dot), name.slice(dot + 1)];
}

function shown(value: OptionValue | undefined): string {
  if (value === undefined) return 'no value';
  return value.kind === 'regex' ? `/${value.source}/${value.flags}` : JSON.stringify(value.text);
}

/** A hint that names the option that the author probably meant. */
function nearest(name: string): string {
  const likely = Object.entries(optionRules).find(
    ([known]) => known.startsWith(name.slice(0, 1)) && Math.abs(known.length - name.length) <= 2,
  );
  return likely === undefined ? 'use one of the options above' : `did you mean ${likely[1].form}?`;
}
