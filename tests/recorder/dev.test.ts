import { cp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { OuterEngine } from '../../scripts/lab/outer-engine/model.ts';
import { outerEngine } from '../../scripts/lab/outer-engine/outer.ts';
import { pidOf } from '../../src/process/owner.ts';
import { openBrowser } from '../support/browser.ts';
import { copyProject, freePort, type Project } from '../../scripts/tools/fixtures/project.ts';
import { groupOf, until } from '../support/faults.ts';
import { NpmScript } from '../support/npm.ts';
import { fence } from '../support/recorder.ts';

let engine: OuterEngine;
beforeAll(async () => {
  engine = await outerEngine(() => undefined);
});
afterAll(() => engine.release());

let project: Project;
let running: NpmScript | undefined;
let browser: Browser | undefined;
beforeEach(async () => {
  project = await copyProject('none');
  await cp('package-lock.json', join(project.root, 'package-lock.json'));
});
afterEach(async () => {
  running?.kill();
  await browser?.close();
  await project.remove();
  running = browser = undefined;
});

const page = async (url: string) => (await fetch(url)).text().catch(() => '');
const recorded = (path: string) => readFile(join(project.root, 'recordings', path), 'utf8');
const save = (id: string, text: string) =>
  writeFile(join(project.root, `content/lessons/${id}.mdx`), text);

/**
 * Starts `npm run dev` and waits until it watches the lessons.
 * @returns the address of a lesson's page
 */
async function dev(lesson: string): Promise<{ script: NpmScript; url: string }> {
  const port = await freePort();
  const script = (running = new NpmScript(project.root, [
    ...['npm', 'run', 'dev', '--', '--port'],
    String(port),
  ]));
  await script.says('each time you save it', 120);
  const url = `http://localhost:${port}/lessons/${lesson}/`;
  await page(url);
  return { script, url };
}

test('a lesson that is saved is run, and its page shows the new recording', async () => {
  const lesson = (text: string) =>
    `---\ntitle: Hello\ndescription: D.\n---\n\n${fence('one', `$ echo ${text} | tr a-z A-Z`)}`;
  await project.addLesson('hello', lesson('first'));
  const { script, url } = await dev('hello');
  expect(await page(url)).toContain('echo first');
  await save('hello', lesson('second'));
  // As Emacs does.
  const lock = join(project.root, 'content/lessons/.#hello.mdx');
  await symlink('nobody', lock);
  await rm(lock);
  await script.says('hello: lessons: 0 as recorded, 1 changed, 0 failed', 60);
  expect(await recorded('hello/one.txt')).toContain('SECOND');
  await script.until(
    async () => (await page(url)).includes('SECOND'),
    20,
    'the new recording on the page',
  );
  await script.says('hello: a second run printed the same', 60);

  // What differs may also be what the lab holds.
  await save('hello', lesson('second').replace('$ ', '$ touch dice-$RANDOM; '));
  await script.says('the lesson leaves something else than was recorded', 60);
  const discarded = () => script.output.match(/hello: the last recording was discarded/g)?.length;
  await script.until(() => discarded() === 1, 10, 'that the recording was discarded');
  expect(await recorded('hello/proof.json')).not.toContain('dice');

  // A recording that differs between two runs is shown at first, and then discarded.
  await save('hello', lesson('$RANDOM$RANDOM'));
  await script.says('hello.mdx:7: the step one differs between two runs', 60);
  await script.until(() => discarded() === 2, 10, 'that it was discarded, too');
  expect(await recorded('hello/one.txt')).toContain('SECOND');
  await script.until(
    async () => /class="failure"[^]*differs between two runs/.test(await page(url)),
    20,
    'the noise on the page',
  );
  browser = await openBrowser();
  const open = await browser.newPage();
  await open.goto(url);
  await save('hello', lesson('third').replace(/\$ .*/, '$ exit 3'));
  await script.says('hello.mdx:7: `exit 3` ended the session', 60);
  // The open page reloads, and shows the failure in the place of the step.
  const failure = open.locator('#one .failure', { hasText: 'ended the session' });
  const said = await failure.textContent({ timeout: 20_000 });
  expect(said).toMatch(/^content\/lessons\/hello\.mdx:7: `exit 3` ended the session/);
  await save('hello', lesson('fourth'));
  await script.until(async () => (await page(url)).includes('FOURTH'), 60, 'the fixed lesson');
  expect(await page(url)).not.toContain('class="failure"');
  // Without a complete second run, nothing is recorded.
  await save('hello', lesson('$(sleep 5)fifth'));
  await script.until(async () => (await page(url)).includes('FIFTH'), 60, 'the first run');
  await script.interrupt();
  expect(script.output).toContain('record it with npm run record -- hello');
  expect(await recorded('hello/one.txt')).not.toContain('FIFTH');
});

test('the steps before a change are run before the next save, and Ctrl-C leaves no lab', async () => {
  const lesson = (text: string) =>
    `---\ntitle: Number\ndescription: D.\nimages: [busybox]\n---\n\n` +
    fence(
      'first',
      '$ N=$RANDOM; echo number ${N:+set}',
      '$ docker run -d --name sleeper busybox sleep 1000',
    ) +
    `\n${fence('last', `$ echo ${text} \${N:+set}`)}`;
  await project.addLesson('number', lesson('one'));
  const { script, url } = await dev('number');
  await save('number', lesson('two'));
  await script.says('number: a lab waits before last', 120);

  const from = script.output.length;
  await save('number', lesson('three'));
  await script.until(async () => (await page(url)).includes('echo three'), 60, 'the change');
  await script.until(() => script.output.indexOf('lessons: ', from) > 0, 60, 'the run');
  const printed = script.output.slice(from);
  expect(printed).toContain('number: last\n');
  expect(printed.slice(0, printed.indexOf('lessons: '))).not.toContain('number: first\n');
  expect(await recorded('number/last.txt')).toContain('\nthree set\n');

  // Two labs wait: a paused one, and a fresh one.
  await script.until(() => script.output.includes('a lab waits', from), 120, 'the next rehearsal');
  const labs = async (): Promise<string[]> => {
    const filters = { label: ['you-like-docker.owner'] };
    const found = await engine.docker.listContainers({ all: true, filters });
    return found
      .filter(({ Labels }) => pids.has(pidOf(Labels['you-like-docker.owner'] ?? '')))
      .map(({ Status }) => Status);
  };
  const pids = new Set(groupOf(script.group));
  // If the watcher reports a save twice, the rehearsal starts again.
  const paused = async () => (await labs()).filter((status) => status.includes('Paused'));
  await expect.poll(async () => (await paused()).length, { timeout: 60_000 }).toBe(1);
  await script.interrupt();
  expect(await until(async () => (await labs()).length === 0, 10)).toBe(true);
});
