import { expect, test } from 'vitest';
import { parseLesson } from '../lesson/parse.ts';
import { stepsOf } from '../lesson/model.ts';
import { neededSteps } from './needed-steps.ts';
import type { States } from './states.ts';

const LESSON = `---
title: Needs
description: What steps need.
part: Meet Docker
order: 10
follow: anywhere
---

${[
  ['make', 'docker create --name hen debian'],
  ['go', 'docker start hen'],
  ['list', 'docker ps'],
  ['other', 'docker run --rm debian true'],
  ['keep', 'id=$(docker ps -q)'],
  ['use', 'echo $id'],
  ['move', 'cd /tmp'],
  ['look', 'ls'],
  ['again', 'docker rm -f hen && docker run -d --name hen debian'],
  ['stop', 'docker stop hen'],
  ['henhouse', 'docker logs henhouse'],
  ['start', 'docker start hen && docker stop hen'],
  ['wait', 'docker wait hen'],
]
  .map(([id, command]) => `\`\`\`console ${id}\n$ ${command}\n\`\`\`\n`)
  .join('\n')}`;

const hen = (state: string) => ({ containers: { hen: state }, images: ['debian'] });
const STATES: States = {
  start: {},
  after: {
    make: hen('created'),
    go: hen('running'),
    again: hen('running'),
    stop: hen('exited'),
  },
};

test('a step needs the steps that made what it names or prints, and what those need', () => {
  const { lesson } = parseLesson(LESSON, 'needs.mdx');
  const shown = stepsOf(lesson ?? { blocks: [] }).map((step) => ({
    step,
    screen: step.id === 'list' ? 'NAMES\nhen\n' : '',
  }));
  expect(Object.fromEntries(neededSteps(shown, STATES, ['debian']))).toEqual({
    make: [],
    go: ['make'],
    list: ['make', 'go'],
    // Docker fetches the image by itself.
    other: [],
    keep: [],
    use: ['keep'],
    move: [],
    look: ['move'],
    again: ['make', 'go', 'move'],
    stop: ['make', 'go', 'move'],
    henhouse: ['move'],
    start: ['make', 'go', 'move', 'stop'],
    wait: ['make', 'go', 'move', 'stop', 'start'],
  });
});
