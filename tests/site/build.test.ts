import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeProof, parseProof } from '../../src/core/recording/proof.ts';
import { withQuotes } from '../../src/core/recording/quotes.ts';
import {
  cleanEnv,
  copyProject,
  freePort,
  type Project,
} from '../../scripts/tools/fixtures/project.ts';
import { openBrowser } from '../support/browser.ts';

/* What the build and the development server say of lessons without up-to-date recordings. */

const lesson = (body: string) => `---\ntitle: A lesson\ndescription: For a test.\n---\n\n${body}\n`;
const step = (id: string, ...typed: string[]) =>
  `\`\`\`console ${id}\n${typed.map((line) => `$ ${line}`).join('\n')}\n\`\`\`\n`;

let project: Project;
let built: Awaited<ReturnType<Project['build']>>;

/** Removes the last lines of a file. */
async function cut(file: string, lines: number): Promise<void> {
  const kept = (await readFile(file, 'utf8')).split('\n').slice(0, -1 - lines);
  await writeFile(file, kept.join('\n'));
}

beforeAll(async () => {
  project = await copyProject('none');
  await project.addLesson('fresh', lesson(step('one', 'uname')), { one: ['Linux\r\n'] });
  await project.addLesson('changed', lesson(step('one', 'uname')), { one: ['Linux\r\n'] });
  await project.addLesson('changed', lesson(`Prose.\n\n${step('one', 'uname -a')}`));
  await project.addLesson(
    'never',
    lesson(`${step('first', 'true')}\n${step('second', 'docker ps')}`),
  );
  await project.addLesson(
    'untrue',
    lesson(
      `${step('one measure.size=/(.*MB)/', 'du')}\n${step('two measure.size=/(.*kB)/', 'du')}\nIt is <Claim that="one.size > 100 * two.size">much more</Claim>.`,
    ),
    { one: ['1.5MB\r\n'], two: ['20kB\r\n'] },
  );
  const asked = `<Predict>\n\nWhat?\n\n<Answer shows="Linux">\n\nIt.\n\nSo.\n\n</Answer>\n\n<Answer right absent="lab">\n\nNo.\n\nSo.\n\n</Answer>\n\n${step('one', 'uname')}\n</Predict>`;
  await project.addLesson('asked', lesson(asked), { one: ['Linux\r\n'] });
  await project.addLesson('broken', lesson('```console one\nno prompt\n```\n'));
  await project.addLesson(
    'unmeasured',
    lesson(`${step('a', 'true')}\nIt took <Measured step="a" name="time" />.`),
  );
  const quoting = (said: string) => lesson(`${step('one', 'uname -o')}\nIt says \`${said}\`.`);
  await project.addLesson('unlisted', quoting('Linux'), { one: ['GNU/Linux\r\n'] });
  await project.addLesson('unlisted', quoting('GNU/Linux'));
  await project.addLesson('lost', quoting('GNU/Linux'), { one: ['Linux\r\n'] });
  const proof = join(project.root, 'recordings/lost/proof.json');
  const list = { one: ['GNU/Linux'] };
  await writeFile(proof, encodeProof(withQuotes(parseProof(await readFile(proof, 'utf8')), list)));
  const damage: Record<string, (folder: string) => Promise<void>> = {
    'cut-cast': (folder) => cut(join(folder, 'one.cast'), 3),
    'no-screen': (folder) => rm(join(folder, 'one.txt')),
    'cut-proof': (folder) => cut(join(folder, 'proof.json'), 5),
  };
  for (const [id, harm] of Object.entries(damage)) {
    await project.addLesson(id, lesson(step('one', 'uname')), { one: ['Linux\r\n'] });
    await harm(join(project.root, 'recordings', id));
  }
  built = await project.build();
});
afterAll(() => project.remove());

test('the build fails, and names each stale recording with file, line, and the command that fixes it', () => {
  const { status, output } = built;
  expect(status).toBe(1);
  expect(output).toMatch(/content\/lessons\/changed\.mdx:8: .*one.* stale/);
  expect(output).toContain('npm run record -- changed');
  expect(output).toMatch(/content\/lessons\/never\.mdx:6: .*first.* not recorded/);
  expect(output).toMatch(/content\/lessons\/never\.mdx:10: .*second.* not recorded/);
  expect(output).toContain('npm run record -- never');
  expect(output).toMatch(/content\/lessons\/untrue\.mdx:14: .* is not true of its recordings/);
  expect(output).toContain('1.50 MB and 2.00 MB (one.size is 1.5MB, two.size is 20kB)');
  expect(output).toMatch(/content\/lessons\/asked\.mdx:10: .* not marked as right, but/);
  expect(output).toContain(
    'recordings/unlisted/proof.json:1: the proof does not list what the prose quotes from the screens\n' +
      '  found:    no longer quoted: `Linux` (one); not listed: `GNU/Linux` (one)\n' +
      '  to fix:   npm run record -- unlisted, which runs nothing for that\n',
  );
  expect(output).toMatch(
    /content\/lessons\/lost\.mdx:10: the prose quotes the step one, .*\n {2}expected: GNU\/Linux\n/,
  );
  expect(output).toMatch(/content\/lessons\/broken\.mdx:7: /);
  expect(output).toMatch(/content\/lessons\/cut-cast\.mdx:6: .*one is damaged/);
  expect(output).toContain(
    'recordings/cut-cast/one.cast was truncated: it has no final exit event',
  );
  expect(output).toContain('npm run record -- cut-cast');
  expect(output).toMatch(/content\/lessons\/no-screen\.mdx:6: .*one is damaged/);
  expect(output).toContain('recordings/no-screen/one.txt does not exist');
  expect(output).toContain('npm run record -- no-screen');
  expect(output).toContain('recordings/cut-proof/proof.json:1: the proof cannot be read');
  expect(output).toContain('npm run record -- cut-proof');
  expect(output).not.toContain('fresh.mdx');
});

test('the build fails for a number that no step measures, and names file and line', () => {
  expect(built.status).toBe(1);
  expect(built.output).toMatch(
    /content\/lessons\/unmeasured\.mdx:10: .*does not measure this value/,
  );
});

test('the development server shows a lesson without a recording, with its commands and a note', async () => {
  for (const id of ['broken', 'unmeasured']) await project.addLesson(id, lesson('Fixed.'));
  await project.addLesson('fresh', lesson(step('one', 'uname')), { one: ['Linux\r\n'] });
  const port = await freePort();
  const dev = await startDev(project.root, port);
  const browser = await openBrowser();
  try {
    // The server may reload a page at any time (Vite does so when it has found a dependency), and
    // that ends a navigation: so each lesson has a tab of its own, and nothing waits for its load.
    const open = async (id: string) => {
      const page = await browser.newPage();
      await page.goto(`http://localhost:${port}/lessons/${id}/`, { waitUntil: 'commit' });
      return page;
    };
    const never = await open('never');
    expect(await never.locator('#second kbd').first().textContent()).toBe('docker ps');
    expect(await never.locator('#second').textContent()).toContain('npm run record -- never');

    const page = await open('fresh');
    expect(await page.locator('#one .out').textContent()).toBe('Linux');
    await project.addLesson('fresh', lesson(step('one', 'uname')), { one: ['GNU\r\n'] });
    await expect
      .poll(() => page.locator('#one .out').textContent(), { timeout: 20_000 })
      .toBe('GNU');
  } finally {
    await browser.close();
    dev.kill();
    await once(dev, 'close');
  }
});

/** The development server in a process of its own, as `npm run dev` starts it. */
async function startDev(root: string, port: number): Promise<ChildProcess> {
  const script = `import { devSite } from './scripts/site/build.ts'; await devSite({ port: ${port} }); console.log('ready');`;
  const dev = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: root,
    env: cleanEnv(),
  });
  dev.stderr.pipe(process.stderr);
  // It keeps printing, so its output is read to the end.
  await new Promise<void>((ready, failed) => {
    dev.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('ready')) ready();
    });
    dev.once('close', () => failed(new Error('the development server ended')));
  });
  return dev;
}
