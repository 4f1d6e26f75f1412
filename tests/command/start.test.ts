import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { copyProject, freePort, type Project } from '../../scripts/tools/fixtures/project.ts';
import { NpmScript } from '../support/npm.ts';
import { fence } from '../support/recorder.ts';

let project: Project | undefined;
let running: NpmScript | undefined;

afterEach(async () => {
  running?.kill();
  await project?.remove();
  project = running = undefined;
});

async function copy(): Promise<Project> {
  const made = await copyProject('none');
  await cp('package-lock.json', join(made.root, 'package-lock.json'));
  return made;
}

/** The files of a folder with their content. */
async function contentOf(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name)).sort();
  return Object.fromEntries(
    await Promise.all(paths.map(async (path) => [path, await readFile(path, 'utf8')] as const)),
  );
}

const page = async (url: string) => (await fetch(url)).text().catch(() => '');

test('npm start serves the site, then runs all lessons, and shows changes without writing them', async () => {
  project = await copy();
  for (const name of ['one', 'two'])
    await project.addLesson(
      name,
      `---\ntitle: Lesson ${name}\ndescription: D.\nimages: [busybox]\n---\n\n${fence('hi', `$ docker run --rm busybox echo ${name}`)}`,
    );
  const recording = new NpmScript(project.root, ['npm', 'run', 'record']);
  await recording.ended();
  expect(recording.output).toContain('lessons: 0 as recorded, 2 changed, 0 failed');
  const lesson = join(project.root, 'content/lessons/two.mdx');
  await writeFile(lesson, (await readFile(lesson, 'utf8')).replace('echo two', 'echo too'));
  const recorded = await contentOf(join(project.root, 'recordings'));
  const port = await freePort();
  const script = (running = new NpmScript(project.root, [
    ...['npm', 'start', '--', '--port'],
    String(port),
  ]));
  await script.says(`http://localhost:${port}/`, 60);
  expect(script.output).not.toContain('lessons: ');
  expect(await page(`http://localhost:${port}/lessons/one/`)).toContain('echo one');
  await script.until(() => /^lessons: .*$/m.test(script.output), 90, 'the summary');
  expect(/^lessons: .*$/m.exec(script.output)?.[0], script.output).toBe(
    'lessons: 1 as recorded, 1 changed, 0 failed',
  );
  await script.says('Nothing was written: `npm run record -- --all` writes what changed.', 10);
  expect(await contentOf(join(project.root, 'recordings'))).toEqual(recorded);
  expect(await page(`http://localhost:${port}/`)).toContain('Lesson two');
  await script.interrupt();
});

test('npm start without access to an Engine says so once, and continues to serve the site', async () => {
  project = await copy();
  await project.addLesson(
    'hello',
    `---\ntitle: Hello\ndescription: D.\n---\n\n${fence('one', '$ echo hello')}`,
  );
  await project.addLesson(
    'again',
    `---\ntitle: Again\ndescription: D.\n---\n\n${fence('one', '$ echo again')}`,
  );
  const port = await freePort();
  // Only root may start a private Engine.
  const script = (running = new NpmScript(
    project.root,
    [
      process.execPath,
      '--import',
      'data:text/javascript,process.getuid=()=>1000',
      'scripts/start.ts',
      '--port',
      String(port),
    ],
    { DOCKER_HOST: 'unix:///nowhere.sock' },
  ));
  await script.says('lessons: ', 120);
  expect(script.output).toContain('lessons: 0 as recorded, 0 changed, 2 failed');
  expect(script.output.match(/no Docker Engine can host a lab/g)).toHaveLength(1);
  expect(await page(`http://localhost:${port}/lessons/hello/`)).toContain('echo hello');
  await script.interrupt();
});
