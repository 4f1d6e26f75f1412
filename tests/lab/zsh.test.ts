import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Lab, type LabHost, openLabHost } from '../../scripts/lab/index.ts';
import type { SourceFile, Step } from '../../src/core/lesson/model.ts';
import { lessonIds, readLessonFile } from '../../src/store/lessons.ts';

// What lessons say of zsh, `<On system="zsh">`, is tried here, because no recording shows it.
const LESSONS = join(import.meta.dirname, '../../content/lessons');

/** What `time` of zsh prints: one line, with the seconds on the clock before the word `total`. */
const TIME = /^\S.* {2}[\d.]+s user [\d.]+s system \d+% cpu ([\d.]+) total$/gm;

/** A stand-in for the lesson's shop, which takes a minute to build. */
const SHOP = `
  printf 'FROM busybox\\nRUN echo open > /index.html\\nCMD httpd -f -p 8000 -h /\\n' |
    docker build -q -t shop:1 -
  docker run -d --name shop -p 127.0.0.1:8081:8000 shop:1`;

/** A stand-in for Node's image, with an npm that does nothing. */
const NODE = `
  printf 'FROM busybox\\nRUN ln -s /bin/true /bin/npm\\n' |
    docker build -q -t node:24-trixie-slim -`;

/** Steps that measure with `time`, and the least seconds that it can print. */
const CASES = [
  { name: 'run#second-run', least: 0.01 },
  { name: 'lifecycle#mule', least: 2 },
  { name: 'start-command#shell-form', least: 2 },
  { name: 'replace#back', least: 0.1, before: SHOP },
  { name: 'cache#stages', least: 10 },
  { name: 'app#slow', least: 0.01, before: NODE },
];
const FORMAT = 'why-docker#bare';

let host: LabHost;
let lab: Lab;

beforeAll(async () => {
  host = await openLabHost(() => undefined);
  lab = await host.openLab({ lab: 'default', store: 'containerd', images: ['busybox', 'debian'] });
});
afterAll(() => host.close());

const NOTES = new Map(lessonIds(LESSONS).flatMap(notesOf));

/** The steps before the notes on zsh in a lesson, with the files that it has until there. */
function notesOf(id: string): [string, { step: Step; files: SourceFile[] }][] {
  const { text: source = '', lesson } = readLessonFile(LESSONS, id);
  const lines = source.split('\n');
  const notes = lines.flatMap((line, index) => (line === '<On system="zsh">' ? [index + 1] : []));
  return notes.map((note) => {
    const blocks = (lesson?.blocks ?? []).filter(({ line }) => line < note);
    const step = blocks.findLast((block) => block.kind === 'step');
    if (!step) throw new Error(`${id}:${note} is a note on zsh before the first step`);
    return [`${id}#${step.id}`, { step, files: blocks.filter((block) => block.kind === 'file') }];
  });
}

/** Types the commands of a step into a zsh, after `change`. */
async function typeInZsh(name: string, change = (line: string): string => line): Promise<string> {
  const note = NOTES.get(name);
  if (!note) throw new Error(`there is no note on zsh after ${name}`);
  for (const { path, text } of note.files)
    await lab.run(
      ['bash', '-c', 'mkdir -p "$(dirname "$0")" && cat > "$0"', `/root/${path}`],
      text,
    );
  // Without its line editor, which would draw each line again.
  const cmd = ['zsh', '-fi', '+Z'];
  const terminal = await lab.terminal({ cmd, env: [], cwd: '/root', cols: 80, rows: 24 });
  const lines = note.step.commands.flatMap((command) => command.lines.map(change));
  terminal.input([...lines, 'exit', ''].join('\n'));
  return (await text(terminal.output)).replaceAll('\r', '');
}

test.each(CASES)(
  'in $name, zsh prints the seconds before `total`',
  async ({ name, least, before }) => {
    if (before) await lab.run(['bash', '-c', before]);
    const screen = await typeInZsh(name);
    const times = [...screen.matchAll(TIME)];
    expect(times, screen).toHaveLength(1);
    expect(Number(times[0]?.[1])).toBeGreaterThanOrEqual(least);
    expect(screen).not.toMatch(/^real/m);
  },
);

test(`in ${FORMAT}, TIMEFMT=%*E is to zsh what TIMEFORMAT=%Rs is to bash`, async () => {
  const screen = await typeInZsh(FORMAT, (line) =>
    line === 'TIMEFORMAT=%Rs' ? 'TIMEFMT=%*E' : line,
  );
  const seconds = screen.match(/\b\d+\.\d{3}$/gm) ?? [];
  expect(seconds, screen).toHaveLength(5);
  expect(seconds).toEqual([...seconds].sort((a, b) => Number(a) - Number(b)));
});

test('no lesson says more of zsh', () => {
  expect([...NOTES.keys()].sort()).toEqual([...CASES.map(({ name }) => name), FORMAT].sort());
});
