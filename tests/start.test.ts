import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { cleanEnv, copyProject, freePort, type Project } from './project.ts';
import { fence } from './support/recorder.ts';

let project: Project | undefined;
let running: ChildProcess | undefined;
let browser: Browser | undefined;
let output = '';

afterEach(async () => {
  if (running?.pid !== undefined && isAlive(running.pid)) process.kill(-running.pid, 'SIGKILL');
  await browser?.close();
  await project?.remove();
  project = running = browser = undefined;
});

/** Starts an npm script in its own process group, as a terminal does. */
function npm(root: string, ...args: string[]): ChildProcess {
  output = '';
  const child = spawn('npm', args, {
    cwd: root,
    env: cleanEnv({ CI: 'true' }),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => (output += text.toString()));
  return child;
}

async function until(
  reached: () => boolean | Promise<boolean>,
  seconds: number,
  what: string,
): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (!(await reached())) {
    if (performance.now() > end) throw new Error(`${what} did not come; the output was\n${output}`);
    await sleep(100);
  }
}

/** Ctrl-C: the terminal sends the signal to the whole group. Resolves when all of it is gone. */
async function interrupt(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (pid === undefined) throw new Error('not started');
  process.kill(-pid, 'SIGINT');
  await until(() => !isAlive(pid), 30, 'the end of the process group');
}

function isAlive(group: number): boolean {
  try {
    return process.kill(-group, 0);
  } catch {
    return false;
  }
}

async function copy(): Promise<Project> {
  const made = await copyProject('none');
  await cp('package-lock.json', join(made.root, 'package-lock.json'));
  return made;
}

const page = async (url: string) => (await fetch(url)).text().catch(() => '');

test('npm start serves the site, then plays all lessons, which are as recorded', async () => {
  project = await copy();
  for (const name of ['one', 'two'])
    await project.addLesson(
      name,
      `---\ntitle: Lesson ${name}\ndescription: D.\nimages: [busybox]\n---\n\n${fence('hi', `$ docker run --rm busybox echo ${name}`)}`,
    );
  await once(npm(project.root, 'run', 'record'), 'close');
  expect(output).toContain('lessons: 0 as recorded, 2 changed, 0 failed');
  const port = await freePort();
  running = npm(project.root, 'start', '--', '--port', String(port));
  await until(() => output.includes(`http://localhost:${port}/`), 60, 'the address');
  expect(output).not.toContain('lessons: ');
  expect(await page(`http://localhost:${port}/lessons/one/`)).toContain('echo one');
  await until(() => /^lessons: .*$/m.test(output), 90, 'the summary');
  expect(/^lessons: .*$/m.exec(output)?.[0], output).toBe(
    'lessons: 2 as recorded, 0 changed, 0 failed',
  );
  expect(await page(`http://localhost:${port}/`)).toContain('Lesson two');
  await interrupt(running);
});

test('npm start without a way to an Engine says so once and goes on serving', async () => {
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
  // Nobody but root may start a private Engine.
  output = '';
  running = spawn(
    process.execPath,
    [
      '--import',
      'data:text/javascript,process.getuid=()=>1000',
      'scripts/start.ts',
      '--port',
      String(port),
    ],
    {
      cwd: project.root,
      env: cleanEnv({ CI: 'true', DOCKER_HOST: 'unix:///nowhere.sock' }),
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  for (const stream of [running.stdout, running.stderr])
    stream?.on('data', (text: Buffer) => (output += text.toString()));
  await until(() => output.includes('lessons: '), 120, 'the summary');
  expect(output).toContain('lessons: 0 as recorded, 0 changed, 2 failed');
  expect(output.match(/no Docker Engine can host a lab/g)).toHaveLength(1);
  expect(await page(`http://localhost:${port}/lessons/hello/`)).toContain('echo hello');
  await interrupt(running);
});

test('npm run dev plays a lesson that is saved, and its page shows the new recording', async () => {
  project = await copy();
  const lesson = (text: string) =>
    `---\ntitle: Hello\ndescription: D.\n---\n\n${fence('one', `$ echo ${text} | tr a-z A-Z`)}`;
  await project.addLesson('hello', lesson('first'));
  const port = await freePort();
  running = npm(project.root, 'run', 'dev', '--', '--port', String(port));
  const url = `http://localhost:${port}/lessons/hello/`;
  await until(() => output.includes(`http://localhost:${port}/`), 60, 'the address');
  expect(await page(url)).toContain('echo first');
  await sleep(1000);
  await writeFile(join(project.root, 'content/lessons/hello.mdx'), lesson('second'));
  await until(
    () => output.includes('hello: lessons: 0 as recorded, 1 changed, 0 failed'),
    60,
    'the play',
  );
  expect(await readFile(join(project.root, 'recordings/hello/one.txt'), 'utf8')).toContain(
    'SECOND',
  );
  await until(
    async () => (await page(url)).includes('SECOND'),
    20,
    'the new recording on the page',
  );
  browser = await openBrowser();
  const open = await browser.newPage();
  await open.goto(url);
  await writeFile(
    join(project.root, 'content/lessons/hello.mdx'),
    lesson('third').replace(/\$ .*/, '$ exit 3'),
  );
  await until(() => /hello\.mdx:7: `exit 3` ended the session/.test(output), 60, 'the failure');
  // In the step's place on the page, which is open and reloads.
  const said = await open.locator('#one .failure').textContent({ timeout: 20_000 });
  expect(said).toMatch(/^content\/lessons\/hello\.mdx:7: `exit 3` ended the session/);
  await writeFile(join(project.root, 'content/lessons/hello.mdx'), lesson('fourth'));
  await until(async () => (await page(url)).includes('FOURTH'), 60, 'the mended lesson');
  expect(await page(url)).not.toContain('class="failure"');
  await interrupt(running);
});
