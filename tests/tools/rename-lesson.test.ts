import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lintProject } from '../../scripts/tools/lint/project.ts';
import { parseLesson } from '../../src/core/lesson/parse.ts';
import { proseHash } from '../../src/core/lesson/translation.ts';
import { projectProblems, readLesson } from '../../src/store/project.ts';
import { openTranslation } from '../../src/store/translations.ts';
import { recoverRecordings } from '../../src/store/write.ts';

/** A lesson with a translation, and one that links to it. */
const [OLD, LINKING] = ['run', 'setup'];
const NEW = 'a-first-container';
/** A folder on another file system than the temporary folder. */
const ELSEWHERE = '/dev/shm';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'you-like-docker-rename-'));
  for (const name of ['content', 'recordings', 'docs', 'README.md', 'CONTRIBUTING.md'])
    cpSync(name, join(root, name), { recursive: true });
  for (const name of ['.prettierrc.json', '.prettierignore']) cpSync(name, join(root, name));
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const write = (file: string, content: string) => writeFileSync(join(root, file), content);

/** Runs a script of this project in the copy, without access to an Engine. */
async function run(name: string, ...args: readonly string[]) {
  const start = [resolve('scripts/command/run.mjs'), `scripts/${name}.ts`];
  const child = spawn(process.execPath, [...start, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], HOME: '/nonexistent', DOCKER_HOST: 'unix:///nowhere.sock' },
  });
  const closed = once(child, 'close') as Promise<[number | null]>;
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [status] = await closed;
  return { status, stdout, stderr };
}

/** Every file of the copy with the hash of its bytes. */
function snapshot(): Record<string, string> {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();
  const files = names.filter(
    (name) => !name.startsWith('node_modules') && statSync(join(root, name)).isFile(),
  );
  const hash = (name: string) =>
    createHash('sha256')
      .update(readFileSync(join(root, name)))
      .digest('hex');
  return Object.fromEntries(files.map((name) => [name, hash(name)]));
}

/** Writes a translation of a lesson whose front matter says that it is up to date. */
async function translate(id: string): Promise<void> {
  const source = read(`content/lessons/${id}.mdx`);
  const { lesson } = parseLesson(source, `${id}.mdx`);
  if (lesson === undefined) throw new Error(`${id} cannot be read`);
  const hash = await proseHash({ lesson, text: source });
  const front = `---\ntitle: Un título\ndescription: Lo que sabes.\ntranslates: ${hash}\n---\n`;
  write(`content/lessons/es/${id}.mdx`, source.replace(/^---\n[^]*?\n---\n/, front));
}

const isUpToDate = async (id: string) =>
  (await openTranslation(root, 'es', await readLesson(root, id)))?.lags === false;

describe('renaming a lesson', () => {
  test('keeps its recordings, its translations, and references to it', async () => {
    await translate(LINKING);
    const before = snapshot();
    expect(read(`content/lessons/${LINKING}.mdx`)).toContain(`](../${OLD}/)`);

    const renamed = await run('rename-lesson', OLD, NEW);
    expect(renamed, renamed.stderr).toMatchObject({ status: 0 });
    expect(renamed.stdout).toContain(`wrote content/lessons/${NEW}.mdx\n`);
    expect(renamed.stderr).toContain(`docs/performance.md:`);
    expect(renamed.stderr).not.toContain('has to be recorded');

    // Nothing is lost, and only files that name the lesson differ.
    const after = snapshot();
    const moved = (name: string) =>
      name
        .replace(`recordings/${OLD}/`, `recordings/${NEW}/`)
        .replace(`/${OLD}.mdx`, `/${NEW}.mdx`);
    expect(Object.keys(after).sort()).toEqual(Object.keys(before).map(moved).sort());
    const changed = Object.keys(before).filter((name) => before[name] !== after[moved(name)]);
    expect(changed.filter((name) => name.startsWith('recordings/'))).toEqual([
      `recordings/${OLD}/proof.json`,
    ]);
    expect(read(`recordings/${NEW}/proof.json`)).toContain(`"lesson": "${NEW}"`);
    expect(changed).toEqual(
      expect.arrayContaining([
        'CONTRIBUTING.md',
        'content/2014.yaml',
        `content/lessons/${LINKING}.mdx`,
        `content/lessons/es/${LINKING}.mdx`,
        'docs/engines.md',
      ]),
    );
    expect(read(`content/lessons/${LINKING}.mdx`)).toContain(`](../${NEW}/)`);

    // The build, the lint, and the recorder find nothing wrong.
    expect(await projectProblems(root)).toEqual([]);
    expect(await lintProject(root)).toEqual([]);
    expect([await isUpToDate(NEW), await isUpToDate(LINKING)]).toEqual([true, true]);
    expect(await run('record', '--check')).toMatchObject({ status: 0, stderr: '' });

    // Its old address redirects.
    expect(read(`content/lessons/${NEW}.mdx`)).toContain(`\nformerly: [${OLD}]\n---\n`);
    expect(read('content/lessons/contexts.mdx')).toContain(`\nafter: ${NEW}\n`);

    // Renaming it back restores everything, except for the address in between.
    expect(await run('rename-lesson', `content/lessons/${NEW}.mdx`, OLD)).toMatchObject({
      status: 0,
    });
    const file = `content/lessons/${OLD}.mdx`;
    expect(read(file)).toContain(`\nformerly: [${NEW}]\n`);
    write(file, read(file).replace(`formerly: [${NEW}]\n`, ''));
    expect(snapshot()).toEqual(before);
  });

  test('leaves it to be recorded if it was before', async () => {
    const file = `content/lessons/${OLD}.mdx`;
    write(file, read(file).replace('\n$ ', '\n$ true && '));
    const { status, stderr } = await run('rename-lesson', OLD, NEW);
    expect(status).toBe(0);
    expect(stderr).toContain(`${NEW} has to be recorded: npm run record -- ${NEW}`);
  });

  test('is refused if its name or the new name is invalid', async () => {
    const before = snapshot();
    for (const [from, to, said] of [
      ['no-lesson', NEW, /there is no lesson no-lesson\n +to fix: .*images/],
      [OLD, 'images', /the name images is taken/],
      [OLD, OLD, /the name run is taken/],
      [OLD, 'commands', /the name commands is taken/],
      [OLD, 'Not_an_id', /Not_an_id/],
      [OLD, 'es', /a folder named by two letters holds translations/],
      [OLD, '../outside', /it contains a slash/],
    ] as const) {
      const { status, stderr } = await run('rename-lesson', from, to);
      expect(stderr).toMatch(said);
      expect(status).toBe(2);
    }
    expect(snapshot()).toEqual(before);
  });

  test('is refused while a lesson cannot be read', async () => {
    write('content/lessons/broken.mdx', '```console\n$ true\n```\n');
    const before = snapshot();
    const { status, stderr } = await run('rename-lesson', OLD, NEW);
    expect(stderr).toContain('content/lessons/broken.mdx:1: ');
    expect(status).toBe(2);
    expect(snapshot()).toEqual(before);
  });

  test.skipIf(!existsSync(ELSEWHERE))('changes nothing if a file cannot be replaced', async () => {
    // Files on another file system cannot be moved; lessons are moved before them.
    const elsewhere = mkdtempSync(join(ELSEWHERE, 'you-like-docker-rename-'));
    cpSync(join(root, 'docs'), elsewhere, { recursive: true });
    rmSync(join(root, 'docs'), { recursive: true });
    symlinkSync(elsewhere, join(root, 'docs'));
    try {
      const before = snapshot();
      const { status, stderr } = await run('rename-lesson', OLD, NEW);
      expect(stderr).toMatch(/cannot write to .*\n +to fix:/);
      expect(status).toBe(1);
      expect(snapshot()).toEqual(before);
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  });

  test('is undone by the recorder after a kill', async () => {
    const before = snapshot();
    const replacing = `
      import { withRecordings } from './src/store/write.ts';
      class Killing extends Map {
        has(name) {
          if (name === 'new') process.kill(process.pid, 'SIGKILL');
          return super.has(name);
        }
      }
      const [, root] = process.argv;
      const lesson = root + '/content/lessons/${OLD}.mdx';
      await withRecordings(root + '/recordings', () => {}, new AbortController().signal, async (replace) =>
        replace(new Killing([[lesson, 'another'], ['new', new Map()]]), ['${OLD}']));`;
    const eval_ = ['--input-type=module', '--eval', replacing, root];
    const child = spawn(process.execPath, eval_, { stdio: 'inherit' });
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
    expect(read(`content/lessons/${OLD}.mdx`)).toBe('another');
    await recoverRecordings(join(root, 'recordings'), () => undefined, AbortSignal.timeout(5_000));
    expect(snapshot()).toEqual(before);
  });
});

describe('removing a lesson', () => {
  test('also removes its recordings and its translations', async () => {
    const before = snapshot();
    const source = read('content/lessons/images.mdx');
    write('content/lessons/odd.mdx', source.replaceAll('](../', '](../../'));
    cpSync(join(root, 'recordings/images'), join(root, 'recordings/odd'), { recursive: true });
    await translate('odd');
    expect(await run('remove-lesson', 'odd')).toMatchObject({
      status: 0,
      stdout: [
        'removed content/lessons/es/odd.mdx',
        'removed content/lessons/odd.mdx',
        'removed recordings/odd',
        '',
      ].join('\n'),
    });
    expect(snapshot()).toEqual(before);
  });

  test('is refused while anything refers to it, and names each line that does', async () => {
    const id = 'ancestors';
    write('content/lessons/es/run.mdx', `${read('content/lessons/es/run.mdx')}\n[x](../${id}/)\n`);
    const before = snapshot();
    const refused = await run('remove-lesson', id);
    expect(refused.status).toBe(2);
    expect(refused.stdout).toBe('');
    expect(snapshot()).toEqual(before);
    const places = [...refused.stderr.matchAll(/^ {2}([^:]+):(\d+): (.*)$/gm)];
    expect(places.map(([, file]) => file)).toContain('content/lessons/es/run.mdx');
    for (const [, file = '', line = '', shown = ''] of places) {
      const lines = read(file).split('\n');
      expect(lines[Number(line) - 1]?.trim()).toBe(shown);
      // A step that moved names its old lesson; the line also opens the block of its commands.
      const kept = shown.startsWith('```') ? shown.replace(/ formerly="[^"]*"/, '') : '';
      write(file, lines.with(Number(line) - 1, kept).join('\n'));
    }

    // Without these lines it is removed, and the command names what is left to record.
    const removed = await run('remove-lesson', id);
    expect(removed, removed.stderr).toMatchObject({ status: 0 });
    expect(existsSync(join(root, 'recordings', id))).toBe(false);
    expect(read('docs/authoring.md')).not.toContain(id);
    const pending = /^(\S+) has to be recorded: npm run record -- \1$/m.exec(removed.stderr)?.[1];
    const checked = await run('record', '--check');
    expect(checked.status).toBe(pending === undefined ? 0 : 10);
  });

  test('is refused if there is no lesson of this name', async () => {
    const before = snapshot();
    const { status, stderr } = await run('remove-lesson', 'disc');
    expect(stderr).toMatch(/there is no lesson disc\n +to fix: .*disk/);
    expect(status).toBe(2);
    expect(snapshot()).toEqual(before);
  });
});
