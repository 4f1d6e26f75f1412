import { expect, test } from 'vitest';
import { parseLesson } from './parse.ts';
import { parseTranslation, proseHash, type Original } from './translation.ts';

const STEP = '```console one expect="a"\n$ true\n```\n';
const FILE = '```sh file="x.sh"\ntrue\n```\n';

function original(body = `Hello\nworld.\n\n${STEP}\n${FILE}`, title = 'T'): Original {
  const text = `---\ntitle: ${title}\ndescription: D\n---\n\n${body}`;
  const { lesson, problems } = parseLesson(text, 'content/lessons/a.mdx');
  if (lesson === undefined) throw new Error(JSON.stringify(problems));
  return { lesson, text };
}

const FILE_NAME = 'content/lessons/es/a.mdx';
const translation = (body: string, translates: string) =>
  `---\ntitle: Título\ndescription: D\ntranslates: ${translates}\n---\n\n${body}`;

test('shares the steps of its original', async () => {
  const hash = await proseHash(original());
  const text = translation(`Hola.\n\n${STEP}\n${FILE}`, hash);
  expect(await parseTranslation(text, FILE_NAME, original())).toEqual({
    translation: { id: 'a', file: FILE_NAME, title: 'Título', description: 'D', lags: false },
    problems: [],
  });
});

test('lags when the prose of the original changes, but not its line breaks or steps', async () => {
  const hash = await proseHash(original());
  expect(await proseHash(original(`Hello world.\n\n${STEP}\n${FILE}`))).toBe(hash);
  const edited = original(`Hello\nworld.\n\n${STEP.replace('true', 'false')}\n${FILE}`);
  expect(await proseHash(edited)).toBe(hash);
  for (const changed of [original(`Hello\nyou.\n\n${STEP}\n${FILE}`), original(undefined, 'U')]) {
    const text = translation(`Hola.\n\n${STEP}\n${FILE}`, hash);
    const { translation: read } = await parseTranslation(text, FILE_NAME, changed);
    expect(read?.lags).toBe(true);
  }
});

test('says what a check looks for in its own language', async () => {
  const task = (check: string) => {
    const wrong = (id: string) => `\`\`\`console ${id} wrong="a file"\n$ true\n\`\`\`\n`;
    const hints = '<Hint>x</Hint>\n\n<Hint>y</Hint>\n\n';
    const solution = '<Solution>\n\n```console three\n$ touch a\n```\n\n</Solution>\n\n';
    const fence = `\`\`\`check\n${check}\n\`\`\`\n\n`;
    return `<YourTurn>\n\n${fence}${hints}${wrong('one')}\n${wrong('two')}\n${solution}</YourTurn>\n`;
  };
  const there = original(task('test -e a # a file'));
  const problemsOf = async (check: string) => {
    const text = translation(task(check), await proseHash(there));
    return (await parseTranslation(text, FILE_NAME, there)).problems;
  };
  expect(await problemsOf('test -e a # a file\n# un archivo')).toEqual([]);
  const [problem] = await problemsOf('test -e a # un archivo');
  expect(problem?.title).toContain('the step');
});

test('warns in its own language', async () => {
  const step = (warning: string) => STEP.replace(' expect', `${warning} expect`);
  const there = original(`Hello.\n\n${step(' warning="It is gone."')}`);
  const hash = await proseHash(there);
  const read = async (warning: string) =>
    parseTranslation(translation(`Hola.\n\n${step(warning)}`, hash), FILE_NAME, there);
  expect((await read(' warning="Desaparece."')).problems).toEqual([]);
  expect((await read('')).problems).toMatchObject([
    { title: 'the step one differs from the original' },
  ]);
  const changed = original(`Hello.\n\n${step(' warning="It stays."')}`);
  expect(await proseHash(changed)).not.toBe(hash);
});

test('tilde fences are shared as well; a code sample is prose, whatever its title', async () => {
  const tildes = `${STEP}\n${FILE}`.replaceAll('```', '~~~');
  const sample = '~~~sh title="the file=x of old"\ntrue\n~~~';
  const there = original(`Hello.\n\n${tildes}\n${sample}\n`);
  const hash = await proseHash(there);
  const text = translation(`Hola.\n\n${STEP}\n${FILE}\n${sample}\n`, hash);
  const { translation: read, problems } = await parseTranslation(text, FILE_NAME, there);
  expect(problems).toEqual([]);
  expect(read?.lags).toBe(false);
  const edited = original(`Hello.\n\n${tildes}\n${sample.replace('old', '2014')}\n`);
  expect(await proseHash(edited)).not.toBe(hash);
});

test.each([
  ['another command', STEP.replace('true', 'false') + FILE, 7, 'the step one differs'],
  ['another option', STEP.replace('"a"', '"b"') + FILE, 7, 'the step one differs'],
  ['another id', STEP.replace('one', 'uno') + FILE, 7, 'in the same order'],
  ['a missing step', FILE, 7, 'in the same order'],
  ['an extra step', `${STEP}${FILE}${STEP.replace('one', 'two')}`, 13, 'in the same order'],
  ['another order', FILE + STEP, 7, 'in the same order'],
  ['another file', STEP + FILE.replace('true', 'false'), 10, 'the file x.sh differs'],
])('is refused with %s', async (_what, body, line, title) => {
  const text = translation(body, await proseHash(original()));
  const { translation: read, problems } = await parseTranslation(text, FILE_NAME, original());
  expect(read).toBeUndefined();
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatchObject({ file: FILE_NAME, line });
  expect(problems[0]?.title).toContain(title);
});

test('with a bad hash is reported together with the hash to write', async () => {
  const hash = await proseHash(original());
  const text = translation(STEP + FILE, 'later');
  const { problems } = await parseTranslation(text, FILE_NAME, original());
  expect(problems).toEqual([
    expect.objectContaining({ line: 4, hint: expect.stringContaining(hash) as string }),
  ]);
  const more = text.replace('translates: later', `translates: ${hash}\norder: 3`);
  expect((await parseTranslation(more, FILE_NAME, original())).problems).toEqual([
    expect.objectContaining({ line: 5, title: 'the field order of the translation is not valid' }),
  ]);
});
