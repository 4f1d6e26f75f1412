import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { fileName, FORMATS } from '../../scripts/export/files.ts';
import { processesNaming } from '../../scripts/lab/outer-engine/leftovers.ts';
import { copyProject, freePort, type Project } from '../../scripts/tools/fixtures/project.ts';
import { writeVmFolder } from '../../scripts/tools/fixtures/vm-folder.ts';
import { NpmScript } from '../support/npm.ts';
import { fence } from '../support/recorder.ts';

/*
 * What `npm start` adds to the site that it serves, on a machine that cannot build the browser lab:
 * the downloads, and the browser lab of the last release.
 */

/** Only root may build the browser lab, and start a private Engine. */
const NOT_ROOT = ['--import', 'data:text/javascript,process.getuid=()=>1000'];
/** The same for the Engine only. */
const ROOT_LATER = [
  '--import',
  'data:text/javascript,process.getuid=()=>process.argv[1].endsWith("start.ts")?1000:0',
];
const LESSON = `---\ntitle: Hello\ndescription: D.\n---\n\n${fence('one', '$ echo hello')}`;
const PATH = '/you-like-docker-1.0.0-browser-lab.tar';

let project: Project;
let folder: string;
let server: Server;
/** What the server of the releases was asked for. */
let asked: string[];
let respond: (response: ServerResponse) => void;
let running: NpmScript | undefined;

beforeAll(async () => {
  project = await copyProject('none');
  await cp('package-lock.json', join(project.root, 'package-lock.json'));
  await project.addLesson('hello', LESSON, { one: ['hello\r\n'] });
  await project.addBrowserResult('hello', { one: { runs: true } });
  server = createServer(({ url = '' }, response) => {
    asked.push(url);
    respond(response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await project.remove();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'you-like-docker-start-'));
  await mkdir(join(folder, 'tmp'));
  asked = [];
});
afterEach(async () => {
  running?.kill();
  await rm(folder, { recursive: true });
  for (const left of ['vm', 'dist', '.astro/downloads', 'scripts/browser-lab/release.json'])
    await rm(join(project.root, left), { recursive: true, force: true });
});

/** Publishes a browser lab, and commits its hash or another one. */
async function release(sha256?: string): Promise<Buffer> {
  const vm = join(folder, 'released');
  const { built } = writeVmFolder(vm);
  const file = join(folder, 'released.tar');
  execFileSync('tar', ['-cf', file, '-C', vm, '.']);
  const archive = await readFile(file);
  const { port } = server.address() as AddressInfo;
  const pinned = {
    url: `http://127.0.0.1:${port}${PATH}`,
    bytes: archive.length,
    sha256: sha256 ?? createHash('sha256').update(archive).digest('hex'),
    built,
  };
  const committed = join(project.root, 'scripts/browser-lab/release.json');
  await writeFile(committed, JSON.stringify(pinned));
  respond = (response) => void response.end(archive);
  return archive;
}

interface Started {
  readonly script: NpmScript;
  readonly get: (path: string) => Promise<{ status: number; text: string }>;
}

async function start(node = NOT_ROOT): Promise<Started> {
  const port = await freePort();
  const script = (running = new NpmScript(
    project.root,
    [process.execPath, ...node, 'scripts/start.ts', '--port', String(port)],
    {
      DOCKER_HOST: 'unix:///nowhere.sock',
      XDG_CACHE_HOME: folder,
      TMPDIR: join(folder, 'tmp'),
    },
  ));
  const get = async (path: string) => {
    const response = await fetch(`http://localhost:${port}/${path}`);
    return { status: response.status, text: await response.text() };
  };
  return { script, get };
}

/** Presses ^C. Nothing may be left: no process, no temporary file, no half of a folder. */
async function interrupted({ script }: Started): Promise<void> {
  await script.interrupt();
  await script.ended();
  expect(script.status, script.output).toBe(130);
  expect(await processesNaming(project.root)).toEqual([]);
  expect(await readdir(join(folder, 'tmp'))).toEqual([]);
  const left = await readdir(project.root, { recursive: true });
  expect(left.filter((name) => /\.new$|^\.astro\/site/.test(name))).toEqual([]);
}

test('adds the downloads and the browser lab of the release; the next start has them at once', async () => {
  await release();
  const first = await start();
  await first.script.says('You Like Docker is at', 120);
  expect((await first.get('lessons/hello/')).text).not.toContain('data-vm');
  await first.script.says('you-like-docker.html: ', 120);
  expect((await first.get('downloads/')).text).toContain('href="/downloads/you-like-docker.html"');
  await first.script.says('The browser lab is on the site.', 120);
  expect(first.script.output).toMatch(/Browser lab: .* \(.* left for everything\)/);
  expect((await first.get('lessons/hello/')).text).toContain('data-vm="/vm/"');
  expect((await first.get('vm/manifest.json')).status).toBe(200);
  expect((await first.get('offline-worker.js')).status).toBe(200);
  const pages = await Promise.all(['downloads/', 'teach/'].map((page) => first.get(page)));
  const downloads = pages.map(({ text }) => text).join('');
  for (const name of FORMATS.map(fileName)) {
    expect(downloads).toContain(`href="/downloads/${name}"`);
    expect((await first.get(`downloads/${name}`)).status).toBe(200);
  }
  await first.script.says('Still serving the site', 10);
  expect(asked).toEqual([PATH]);
  await interrupted(first);

  const again = await start();
  await again.script.says('You Like Docker is at', 120);
  expect((await again.get('lessons/hello/')).text).toContain('data-vm="/vm/"');
  expect((await again.get('downloads/')).text).toContain('href="/downloads/you-like-docker.pdf"');
  await again.script.says('Still serving the site', 60);
  expect(again.script.output).not.toContain('you-like-docker.pdf: ');
  expect(asked).toEqual([PATH]);
  await interrupted(again);
});

test('says in one line why the site has no browser lab', async () => {
  const none = await start();
  await none.script.says('Still serving the site', 120);
  expect(none.script.output).toContain(
    'The site has no browser lab: the browser lab is built by root (`sudo npm run vm`), because ' +
      'the files of its disk belong to root, and there is no release to fetch it from.\n',
  );
  await interrupted(none);

  await release('0'.repeat(64));
  const wrong = await start();
  await wrong.script.says('Still serving the site', 60);
  expect(wrong.script.output).toMatch(
    /The browser lab is not on the site: http:.*\.tar has the hash [0-9a-f]{64} instead of 0{64}, which scripts\/browser-lab\/release.json requires: it is not used\n/,
  );
  expect((await wrong.get('vm/manifest.json')).status).toBe(404);
  await interrupted(wrong);

  await release();
  respond = (response) => void response.writeHead(404).end();
  const missing = await start();
  await missing.script.says('Still serving the site', 60);
  expect(missing.script.output).toMatch(
    /The browser lab is not on the site: http:.*\.tar responded with status 404: try again later\n/,
  );
  expect((await missing.get('lessons/hello/')).status).toBe(200);
  await interrupted(missing);
});

test('a browser lab that cannot be built is named in a line, and the site is served', async () => {
  const file = join(project.root, 'scripts/browser-lab/inputs/inputs.lock.json');
  const lock = await readFile(file, 'utf8');
  await writeFile(file, lock.replaceAll('http://deb.debian.org', 'http://127.0.0.1:1'));
  try {
    const started = await start(ROOT_LATER);
    await started.script.says('Still serving the site', 120);
    expect(started.script.output).toMatch(
      /The browser lab is not on the site: http:.*\.deb cannot be reached: .*\n`npm run vm` builds it again/,
    );
    expect((await started.get('lessons/hello/')).status).toBe(200);
    await interrupted(started);
  } finally {
    await writeFile(file, lock);
  }
});

test.each([
  ['while the site is built', 'Building the site'],
  ['while the PDF is printed', 'PDF: printing'],
  ['while the release is fetched', 'Browser lab: fetching'],
  ['while the pages are built', 'Browser lab: building the pages'],
])('^C %s leaves nothing behind', async (_, when) => {
  const archive = await release();
  if (when.includes('fetching'))
    respond = (response) => {
      // The rest never comes.
      response.write(archive.subarray(0, archive.length / 2));
    };
  const started = await start();
  await started.script.says(when, 150);
  await interrupted(started);
});
