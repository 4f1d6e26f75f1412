import { expect, test } from 'vitest';
import { parseLesson } from '../../../src/core/lesson/parse.ts';
import { downloadsOf } from './downloads.ts';

const lesson = (id: string, ...blocks: readonly string[]) => {
  const text = `---\ntitle: A\ndescription: B.\n---\n\n${blocks.join('\n\n')}\n`;
  const parsed = parseLesson(text, `${id}.mdx`);
  if (parsed.lesson === undefined) throw new Error(JSON.stringify(parsed.problems));
  return parsed.lesson;
};
const step = (id: string, typed: string) => `\`\`\`console ${id}\n$ ${typed}\n\`\`\``;
const file = (path: string, text: string) => `\`\`\`dockerfile file="${path}"\n${text}\n\`\`\``;

const APT = 'RUN apt-get update && apt-get install tree';

test('lessons that download something are found, with what they download', () => {
  const calm = step('a', 'docker run debian true; docker pull -q localhost:5000/debian');
  const lessons = [
    lesson('calm', calm),
    lesson('apt', file('Dockerfile', APT)),
    lesson('both', step('c', 'npm ci'), calm, step('d', 'docker pull debian')),
  ];
  expect(downloadsOf(lessons)).toEqual([
    { lesson: 'apt', what: ['packages of Debian'], steps: [] },
    { lesson: 'both', what: ['packages of npm', 'images of Docker Hub'], steps: ['c', 'd'] },
  ]);
});

test('a build downloads what the Dockerfile of that moment installs', () => {
  const lessons = [
    lesson(
      'builds',
      step('search', 'docker search debian'),
      file('Dockerfile', 'FROM debian'),
      file('tools/Dockerfile', APT),
      step('calm', 'docker build -t calm .'),
      step('other-folder', 'docker build tools/'),
      file('Dockerfile', APT),
      file('calm.Dockerfile', 'FROM debian'),
      step('now', 'docker build -t tree .'),
      step('no-folder', 'docker build -t tree'),
      step('other-file', 'docker build -f calm.Dockerfile .'),
      step('made-file', 'docker build -f made.Dockerfile .'),
      step('check', 'docker build --check .'),
      step('up', 'docker compose up -d --wait && docker ps'),
      step('one-service', 'docker compose up -d --wait db'),
      step('bake', 'docker buildx bake'),
    ),
  ];
  expect(downloadsOf(lessons)[0]?.steps).toEqual([
    ...['search', 'other-folder', 'now', 'made-file', 'up', 'bake'],
  ]);
});
