import { expect, test } from 'vitest';
import { withoutNotes } from '../../core/lesson/notes.ts';
import { parseLesson } from '../../core/lesson/parse.ts';
import { stepsOf } from '../../core/lesson/model.ts';
import type { Leftovers } from '../../core/recording/leftovers.ts';
import type { LabFacts, Proof } from '../../core/recording/proof.ts';
import type { LessonRecording, StepRecording } from '../../store/recordings.ts';
import { viewsOf } from '../engines.ts';
import { lessonMarkdown } from './export.ts';

const HEAD = '---\ntitle: T\ndescription: D.\n---\n\n';

/** A lesson in which every step printed the given screen and measured 42 for `v`. */
function exported(body: string, screen = '$ true\n', exit = 0, proof?: Proof): string {
  const { lesson, problems } = parseLesson(HEAD + body, 'a.mdx');
  if (lesson === undefined) throw new Error(JSON.stringify(problems));
  const steps = stepsOf(lesson).map((step): [string, StepRecording] => [
    step.id,
    {
      state: 'recorded',
      step,
      cast: '',
      screen,
      parsed: {
        header: { version: 3, title: '', term: { cols: 80, rows: 24, type: '' }, env: {} },
        events: [],
      },
      proof: {
        source: '',
        recorded: '2026-01-01',
        engine: '28',
        commands: [{ typed: 'true', exit, ms: 1, shown: { from: 0, to: 1 } }],
        measured: { v: '42' },
      },
    },
  ]);
  const recording: LessonRecording = {
    ...{ lesson, proof, hashes: new Map(), leftOver: [] },
    steps: new Map(steps),
  };
  return lessonMarkdown({
    text: HEAD + body,
    views: viewsOf(['28'], recording, []),
    page: new URL('https://example.org/w/lessons/a/'),
    absolute: true,
  });
}

test('prose is unchanged, steps become screens, and measured values are inserted', () => {
  const body =
    'Some *prose* and “quotes”.\n\n```console one measure.v=/(.)/\n$ true\n```\n\nIt is <Measured step="one" name="v" />, as\nmeasured.\n';
  expect(exported(body, '$ true\nok\n')).toBe(
    '# T\n\nD.\n\nPage: <https://example.org/w/lessons/a/>\n\nTime: 1 min, 5 with typing.\n\nSome *prose* and “quotes”.\n\n```console one\n$ true\nok\n```\n\nIt is 42, as\nmeasured.\n\n---\n',
  );
});

test('hidden steps are omitted, failed ones say so, and no screen can close its fence', () => {
  const body = 'A.\n\n```console one hide\n$ true\n```\n\n```console two exit=3\n$ true\n```\n';
  const text = exported(body, '````\n', 3);
  expect(text).toContain('A.\n\n`````console two\n````\n`````\n\nIt ended with exit status 3.');
  expect(text).not.toContain('one');
});

test('notes for teachers leave no gap', () => {
  const note = '<Teacher>\n\n- Say: no.\n\n</Teacher>\n\n';
  const body = withoutNotes(`${note}A.\n\n${note}- One.\n\n  Two.\n\n${note}B.\n`);
  expect(exported(body)).toContain('typing.\n\nA.\n\n- One.\n\n  Two.\n\nB.\n\n---');
});

test('a computed value is filled in, and a claim is its words', () => {
  const body =
    '```console one measure.v=/(.)/\n$ true\n```\n\nIt is <Measured of="one.v * 2" digits="0" />, <Claim that="one.v > 40">a *lot*</Claim>.\n';
  expect(exported(body)).toContain('It is 84, a *lot*.');
});

/** The proof of a lesson that leaves this. */
function proofWith(leftovers: Leftovers): Proof {
  const lab = { engine: '28.5', store: 'containerd' } as LabFacts;
  return { schema: 1, lesson: 'a', recorded: '2026-01-01', lab, leftovers, steps: {} };
}

test('a lesson says what it starts from, and ends with the commands of its clean-up', () => {
  const leftovers: Leftovers = {
    names: { containers: ['hen'], files: ['egg'] },
    commands: ['docker rm -f hen', 'rm egg'],
    kept: [{ kind: 'cache', command: 'docker builder prune -af' }],
  };
  const text = exported('Words.\n', '', 0, proofWith(leftovers));
  expect(text).toContain('Starts from an empty folder, and an Engine without `hen`.\n\nWords.');
  expect(text).toContain('```sh\ndocker rm -f hen\nrm egg\n```\n\n');
  expect(text).toMatch(
    /> \*\*Before you run this:\*\* It empties .*\n\n```sh\ndocker builder prune -af\n/,
  );
  const nothing = exported('Words.\n', '', 0, proofWith({ names: {}, commands: [], kept: [] }));
  expect(nothing).toContain('Nothing is left with a name that you gave.');
  expect(nothing).not.toContain('To remove that, too');
});

test('what a step would remove of the reader stands before it', () => {
  const body = '```console one warning="It removes *all*."\n$ docker system prune -f\n```\n';
  expect(exported(body, '$ docker system prune -f\n')).toContain(
    '> **Before you run this:** It removes *all*.\n\n```console one\n',
  );
});

test('components become sections and quotes', () => {
  const body =
    '<Then>\n  It was\n  so.\n</Then>\n\n<YourTurn>\n\nDo it.\n\n<Solution>\n\nLike `this`.\n\n</Solution>\n\n</YourTurn>\n';
  expect(exported(body)).toContain(
    '> **In 2014:** It was\n> so.\n\n**Your turn**\n\nDo it.\n\n## Solution\n\n**Solution**\n\nLike `this`.\n',
  );
});

test('a prediction has its answers below the question, and explains them after the screen', () => {
  const answers =
    '<Answer exit="1">\n\nIt\nfails.\n\nNo.\n\nNo!\n\n</Answer>\n\n<Answer right exit="0">\n\nIt `ends`.\n\nYes.\n\n</Answer>';
  const body = `<Predict>\n\nWhat?\n\n${answers}\n\n\`\`\`console one\n$ true\n\`\`\`\n\nAfter it.\n\n</Predict>\n`;
  expect(exported(body)).toContain(
    '**Predict**\n\nWhat?\n\n- A: It fails.\n- B: It `ends`.\n\n```console one\n$ true\n```\n\nAfter it.\n\n**A: Not quite.** No.\n\nNo!\n\n**B: Right.** Yes.\n',
  );
});

test('a task has its check; hints and the solution stand after everything else', () => {
  const attempt = (id: string) => `\`\`\`console ${id} wrong="a file"\n$ true\n\`\`\`\n\n`;
  const body = `<YourTurn>

Do it.

\`\`\`check
test -e a # a file \`a\`
\`\`\`

<Hint>First.</Hint>

<Hint>

Then.

</Hint>

${attempt('none')}${attempt('other')}<Solution>

\`\`\`console solution
$ true
\`\`\`

</Solution>

</YourTurn>

The end.
`;
  const leftovers = { names: {}, commands: [], kept: [] };
  const text = exported(body, '$ true\n  done\n', 0, proofWith(leftovers));
  expect(text).toContain('Do it.\n\n**Check**\n\n');
  expect(text).toContain('- a file `a`\n\n```sh\n( exec 3>&1');
  expect(text).toContain('>&3 )\n```\n\nThe end.');
  expect(text).toContain(
    '## Solution\n\n**Hint**\n\nFirst.\n\n**Hint**\n\nThen.\n\n**Solution**\n\n```console solution\n$ true\n  done\n```\n\n---',
  );
  expect(text.indexOf('## Solution')).toBeGreaterThan(text.indexOf('## Clean up'));
  expect(text).not.toContain('console none');
});

test.each(['```', '~~~'])('code in a component keeps its indentation: %s', (marker) => {
  const sample = `${marker}yaml\na:\n  b: 1\n${marker}`;
  expect(exported(`<YourTurn>\n\n${sample}\n\n</YourTurn>\n`)).toContain(sample);
});

test('a sample whose title mentions file= is unchanged', () => {
  const sample = '~~~sh title="the file=x of old"\ntrue\n~~~';
  expect(exported(`${sample}\n`)).toContain(`\n${sample}\n`);
});

test('a drawing becomes its caption', () => {
  expect(exported('<DockerChain>\n\nFrom `docker` to `tail`.\n\n</DockerChain>\n')).toContain(
    '> **Diagram:** From `docker` to `tail`.\n',
  );
});

test('links lead where they lead on the page, and files get their names', () => {
  const body =
    'See [it](../b/#x), [that](/lessons/c/) and [*far*](https://docs.docker.com/).\n\n```sh file="x.sh"\ntrue\n```\n';
  const text = exported(body);
  expect(text).toContain('[it](https://example.org/w/lessons/b/#x)');
  expect(text).toContain('[*far*](https://docs.docker.com/)');
  expect(text).toContain('The file `x.sh`:\n\n```sh\ntrue\n```');
});

test('a plot becomes a table of its values, and a picture a link with its description', () => {
  const body =
    '```console one measure.v=/(.)/ picture="a.png" alt="Rings [and] bars"\n$ true\n```\n\n<Plot label="Seconds" unit="s" bars="one.v=Alone; one.v=In a box" />\n';
  const text = exported(body);
  expect(text).toContain(
    '![Rings \\[and\\] bars](https://example.org/w/recordings/a/one.png)\n\n| Seconds | s |\n| --- | ---: |\n| Alone | 42 |\n| In a box | 42 |\n',
  );
});
