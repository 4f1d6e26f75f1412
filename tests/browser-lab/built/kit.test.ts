import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filesBelow } from '../../../scripts/export/kit/zip.ts';
import { openLabHost, type Lab, type LabHost, type Store } from '../../../scripts/lab/index.ts';
import { packTar } from '../../../scripts/lab/tar.ts';
import {
  cleanEnv,
  copyProject,
  freePort,
  writeReference,
  type Project,
} from '../../../scripts/tools/fixtures/project.ts';
import { Reader } from '../../../scripts/tools/fixtures/reader.ts';
import { openBrowser, watchFaults } from '../../support/browser.ts';
import { addLab, echoLesson } from '../../support/lab-site.ts';

/* The kit for a class without the Internet, as a teacher serves it and participants use it. */

const run = promisify(execFile);
let project: Project;
/** The kit. */
let folder: string;
let printed: string;

beforeAll(async () => {
  project = await copyProject('none');
  await addLab(project, [echoLesson('room')]);
  await writeReference(project.root);
  const { stdout, stderr } = await exportKit();
  printed = stdout + stderr;
  folder = join(project.root, 'kit/you-like-docker-kit');
});
afterAll(() => project.remove());

const exportKit = (env: Readonly<Record<string, string>> = {}) =>
  run(process.execPath, ['scripts/export.ts', 'kit'], {
    cwd: project.root,
    env: cleanEnv({ COMMIT: '0123456789', CI: 'true', ...env }),
  });

test('the folder and the zip file have the same files, with their sums', async () => {
  expect(printed).toMatch(/^kit\/you-like-docker-kit: .* MB, images for linux\/\w+$/m);
  await run('sha256sum', ['--strict', '--quiet', '-c', 'SHA256SUMS'], { cwd: folder });
  await run('sha256sum', ['--strict', '-c', 'you-like-docker-kit.zip.sha256'], {
    cwd: join(folder, '..'),
  });
  const inFolder = await filesBelow(folder);
  for (const path of [
    ...['README.txt', 'serve.mjs', 'site/index.html', 'site/lessons/room/index.html'],
    ...['site/vm/manifest.json', 'site/downloads/you-like-docker.pdf', 'site/images/load.sh'],
  ])
    expect(inFolder).toContain(path);
  const inZip: string[] = [];
  unzipSync(await readFile(`${folder}.zip`), {
    filter: ({ name }) => (inZip.push(name), false),
  });
  expect(inZip).toEqual(inFolder.map((path) => `you-like-docker-kit/${path}`));
});

test('what is missing is named before anything is built', async () => {
  await expect(exportKit({ BASE_PATH: '/docker/' })).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/BASE_PATH is \/docker\/\n {2}to fix:/) as string,
  });
  expect(await filesBelow(folder)).toContain('README.txt');
});

describe('served by its own server', () => {
  let server: ChildProcess;
  let port: number;

  beforeAll(async () => {
    port = await freePort();
    server = spawn(process.execPath, ['serve.mjs', String(port)], { cwd: folder });
    const [first] = (await once(createInterface(server.stdout ?? process.stdin), 'line')) as [
      string,
    ];
    expect(first).toBe(`On this computer: http://localhost:${port}/`);
  });
  afterAll(() => server.kill());

  const head = (path: string, headers: Readonly<Record<string, string>> = {}) =>
    new Promise<{ status: number | undefined; headers: NodeJS.Dict<string | string[]> }>(
      (resolve, reject) => {
        const asked = request({ port, path, method: 'HEAD', headers }, (response) => {
          response.resume();
          resolve({ status: response.statusCode, headers: response.headers });
        });
        asked.on('error', reject).end();
      },
    );

  test('a page over plain HTTP opens a Docker in the tab, and downloads are there', async () => {
    const browser = await openBrowser();
    try {
      const context = await browser.newContext();
      // Browsers trust localhost. A name in the network gets no secure context.
      const address = 'http://teacher.example/';
      await context.route(`${address}**`, (route) =>
        route.continue({
          url: route.request().url().replace(address, `http://localhost:${port}/`),
        }),
      );
      const reader = new Reader(await context.newPage());
      const faults = await watchFaults(reader.page, address);
      await reader.page.goto(`${address}lessons/room/`);
      expect(await reader.page.evaluate(() => isSecureContext)).toBe(false);
      await reader.openDocker();
      expect(await reader.types('docker run --rm busybox echo from the tab')).toBe('from the tab');
      await reader.page.goto(`${address}downloads/`);
      const link = reader.page.getByRole('link', { name: 'you-like-docker.pdf' });
      expect(await link.getAttribute('href')).toBe('/downloads/you-like-docker.pdf');
      expect(faults).toEqual({ violations: [], errors: [], foreign: [] });
    } finally {
      await browser.close();
    }
  });

  test('files have their types, folders get their slash, and nothing else is served', async () => {
    const { status, headers } = await head('/downloads/you-like-docker.pdf');
    expect([status, headers['content-type']]).toEqual([200, 'application/pdf']);
    const since = { 'If-Modified-Since': String(headers['last-modified']) };
    expect((await head('/downloads/you-like-docker.pdf', since)).status).toBe(304);
    expect((await head('/lessons/room')).headers['location']).toBe('/lessons/room/');
    for (const path of ['/../README.txt', '/%2e%2e/README.txt', '/..%2fREADME.txt', '/none', '/%'])
      expect((await head(path)).status).toBe(404);
  });
});

describe.each<[Store, boolean]>([
  ['containerd', true],
  ['overlay2', false],
])('on an Engine without a network, with the %s store', (store, overHttp) => {
  let host: LabHost;
  let lab: Lab;

  beforeAll(async () => {
    host = await openLabHost(() => undefined);
    lab = await host.openLab({ lab: 'default', store, images: [] });
    const images = join(folder, 'site/images');
    const entries = (await filesBelow(images)).map(async (path) => ({
      path: `kit/images/${path}`,
      content: await readFile(join(images, path)),
    }));
    const tar = await packTar(await Promise.all(entries));
    await inLab('mkdir -p /root/kit');
    expect((await lab.run(['tar', '-x', '-C', '/root'], tar)).status).toBe(0);
    // The registry of the lab stands in for the Internet, which this class does not have.
    await inLab('pkill docker-registry; ! docker pull -q busybox');
    if (overHttp) await inLab('busybox httpd -p 8000 -h /root/kit');
    // A participant has another image of that name.
    await inLab('tar -C /etc -c hostname | docker import - debian:latest');
  });
  afterAll(() => host.close());

  /** What commands print that must succeed. */
  async function inLab(script: string): Promise<string> {
    const { status, stdout, stderr } = await lab.run(['bash', '-c', script]);
    expect([script, status, stderr]).toEqual([script, 0, expect.anything()]);
    return stdout;
  }
  const load = (before = '') =>
    lab.run([
      ...['sh', '-c'],
      `cd /root/kit/images; ${before} sh load.sh ${overHttp ? 'http://127.0.0.1:8000/' : ''}`,
    ]);
  const id = async (name: string) =>
    (await inLab(`docker image inspect -f '{{.Id}}' ${name}`)).trim();

  test('images load, and a name that is taken stays with its image, with a warning', async () => {
    const before = await id('debian');
    for (const time of ['first', 'second']) {
      const { status, stdout, stderr } = await load();
      expect([time, status, stderr]).toEqual([
        time,
        0,
        expect.stringContaining('warning: you have other images of these names'),
      ]);
      expect(stderr).toContain('which they keep: debian:latest\n');
      expect(stdout.includes('  busybox:latest\n')).toBe(time === 'first');
      expect(stdout).toMatch(/^loading linux-\w+\.tar \(\d+ MB\)/m);
      if (overHttp) expect(stdout).toMatch(/^downloading linux-\w+\.tar \(\d+ MB\)\n/);
      expect(await id('debian')).toBe(before);
      const names = await inLab("docker images --format '{{.Repository}}:{{.Tag}}' | sort");
      expect(names.trim().split('\n')).toEqual(
        expect.arrayContaining(['busybox:latest', 'debian:latest', 'lab/debian:latest']),
      );
      expect(names).not.toContain('lab/busybox');
    }
    expect(await inLab('docker run --rm --pull never busybox echo runs')).toBe('runs\n');
    await inLab("printf 'FROM busybox\\nRUN echo built > /x\\n' | docker build -q -t mine -");
    expect(await inLab('docker run --rm mine cat /x')).toBe('built\n');
  });

  test('the commands of the warning exchange the images, and undo it', async () => {
    const before = await id('debian');
    const { stderr } = await load();
    const commands = stderr.match(/^ {4}docker tag .*$/gm) ?? [];
    expect(commands).toHaveLength(2);
    await inLab(commands[0] ?? '');
    expect(await id('debian')).toBe(await id('lab/debian'));
    await inLab('docker run --rm --pull never debian bash -c true');
    await inLab(commands[1] ?? '');
    expect(await id('debian')).toBe(before);
  });

  test('images for another processor start, and are built on, as README.txt says', async () => {
    // The programs are for this one, as if an emulator ran them.
    await inLab(
      'mkdir foreign && cp "$(command -v busybox)" foreign/busybox && cd foreign && ' +
        "printf 'FROM scratch\\nCOPY busybox /\\n' > Dockerfile && " +
        'docker build -q --platform linux/riscv64 -t foreign .',
    );
    const started = await lab.run(['docker', 'run', '--rm', 'foreign', '/busybox', 'echo', 'hi']);
    expect([started.status, started.stdout, started.stderr]).toEqual([
      0,
      'hi\n',
      expect.stringContaining('linux/riscv64) does not match'),
    ]);
    const build = `printf 'FROM foreign\\nRUN ["/busybox","true"]\\n' | docker build -q -`;
    const refused = await lab.run(['bash', '-c', build]);
    expect([refused.status, refused.stderr]).toEqual([
      1,
      expect.stringContaining('failed to resolve source metadata'),
    ]);
    await inLab(`export DOCKER_DEFAULT_PLATFORM=linux/riscv64; ${build}`);
  });

  test('other processors, a damaged archive and a wrong address say what to do', async () => {
    const other = await load('ARCH=riscv64');
    expect([other.status, other.stderr]).toEqual([
      1,
      expect.stringMatching(
        /your Engine is for riscv64, and these images are for \w+\n {2}to fix: {3}with emulation/,
      ),
    ]);
    const away = await lab.run(['sh', '/root/kit/images/load.sh', 'http://127.0.0.1:9/']);
    expect([away.status, away.stderr]).toEqual([
      1,
      expect.stringContaining('http://127.0.0.1:9/images/SHA256SUMS cannot be downloaded'),
    ]);
    await inLab('truncate -s -1 /root/kit/images/linux-*.tar');
    const damaged = await load();
    expect([damaged.status, damaged.stderr]).toEqual([
      1,
      expect.stringContaining('is damaged or incomplete'),
    ]);
  });
});
