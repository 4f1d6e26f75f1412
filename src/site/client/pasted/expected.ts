import type { ExpectedCommand, ExpectedScreen, ExpectedStep } from '../../../core/pasted/answer.ts';
import { isForReader } from '../for-reader.ts';

/** The steps of the page as it shows them: for each Engine's screen, commands and outputs. */
export function expectedSteps(): ExpectedStep[] {
  return [...document.querySelectorAll<HTMLElement>('.step[data-rows]')].map(expectedStep);
}

function expectedStep(step: HTMLElement): ExpectedStep {
  const screens = [...step.querySelectorAll<HTMLElement>('.screen')];
  const own = screens.filter(isForReader);
  const others = screens.filter((screen) => !own.includes(screen));
  return { id: step.id, screens: [...own, ...others].map(expectedScreen) };
}

function expectedScreen(screen: HTMLElement): ExpectedScreen {
  const commands: { typed: string; output: string[] }[] = [];
  for (const block of screen.querySelectorAll<HTMLElement>('.cmd, .out'))
    if (block.matches('.cmd')) commands.push({ typed: typedIn(block), output: [] });
    else outputOf(commands).push(...block.textContent.split('\n'));
  return { engines: screen.dataset['for']?.split(' ') ?? [], commands };
}

/** The output of the last command; what is printed before the first has none. */
function outputOf(commands: { typed: string; output: string[] }[]): string[] {
  const last = commands.at(-1) ?? { typed: '', output: [] };
  if (commands.length === 0) commands.push(last);
  return last.output;
}

function typedIn(command: HTMLElement): ExpectedCommand['typed'] {
  const lines = Array.from(command.querySelectorAll('kbd'), (line) => line.textContent);
  return command.dataset['copy'] ?? lines.join('\n');
}
