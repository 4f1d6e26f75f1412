import { readFile } from 'node:fs/promises';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Reader } from '../../../scripts/tools/fixtures/reader.ts';
import { watchFaults, type Faults } from '../../support/browser.ts';
import { echoLesson, useLabSite } from '../../support/lab-site.ts';

/* What the machine gets over its network: images and packages, from files of the site. */

const CALM = { violations: [], errors: [], foreign: [] };

const site = useLabSite({
  lessons: [echoLesson('pulls')],
});
let reader: Reader;
let faults: Faults;
/** Paths below `vm/` that the page and its worker have asked for. */
let asked: string[] = [];

beforeAll(async () => {
  const page = await (await site.browser.newContext()).newPage();
  page.on('request', (request) => asked.push(request.url().replace(/^.*\/vm\//, '')));
  faults = await watchFaults(page, site.url);
  reader = new Reader(page);
  await page.goto(site.address('lessons/pulls/'));
  await reader.openDocker();
});

beforeEach(() => {
  asked = [];
});

/** Files of the registry or the archive that were asked for. */
function served(folder: 'registry' | 'archive'): string[] {
  return asked.filter((path) => path.startsWith(`${folder}/`));
}

describe('an image', () => {
  test('that was removed is pulled: its manifest, configuration and layer, each once', async () => {
    await reader.types('docker rmi busybox');
    const output = await reader.types('docker pull busybox');
    expect(output).toMatch(/^Status: Downloaded newer image for busybox:latest$/m);
    const files = served('registry');
    expect([files.length, new Set(files).size]).toEqual([3, 3]);
    expect(await reader.types('docker run --rm busybox echo hi')).toBe('hi');
  });

  test('that was loaded before is not loaded again', async () => {
    await reader.types('docker rmi busybox');
    const output = await reader.types('docker pull busybox:1.37.0');
    expect(output).toMatch(/^Status: Downloaded newer image for busybox:1\.37\.0$/m);
    expect(served('registry')).toEqual([]);
    await reader.types('docker tag busybox:1.37.0 busybox');
  });

  test('that is there is up to date, as one with its name in full or its digest', async () => {
    for (const name of ['debian', 'docker.io/library/debian:latest', '$digest']) {
      await reader.types("digest=$(docker inspect --format '{{index .RepoDigests 0}}' debian)");
      expect(await reader.types(`docker pull ${name}`)).toContain('Image is up to date for debian');
    }
    expect(served('registry')).toHaveLength(1);
  });

  test('that does not exist gives the error that was recorded', async () => {
    const recorded = await readFile('recordings/images/wrong-tag.txt', 'utf8');
    const [command = '', ...error] = recorded.trimEnd().split('\n');
    const output = await reader.types(command.replace('$ ', ''), 1);
    expect(output.replaceAll('\n', '')).toBe(error.join(''));
    const unknown = await reader.types('docker pull somebody/something', 1);
    expect(unknown.replaceAll('\n', '')).toMatch(/somebody\/something:latest: not found$/);
    expect(served('registry')).toEqual([]);
  });

  test('that shares a layer with another one is pulled without that layer', async () => {
    await reader.types('docker pull -q registry');
    expect(served('registry')).toHaveLength(3);
    expect(await reader.types('docker run --rm registry --version')).toContain('2.8.3');
  });
});

describe('a container', () => {
  test('installs a package', async () => {
    await reader.types(
      'docker run --name fig debian sh -c "apt-get update && apt-get install -y figlet" > /dev/null',
    );
    expect(await reader.types('docker commit fig fig && docker run --rm fig figlet -h | wc -l'));
    expect(served('archive').length).toBeGreaterThanOrEqual(4);
  });

  test('reaches nothing else', async () => {
    const script = 'nslookup example.com; wget -T 5 -O - http://1.1.1.1/; wget -O - 10.53.0.1:443';
    const output = await reader.types(`docker run --rm busybox sh -c '${script}' 2>&1`, 1);
    expect(output).toContain('NXDOMAIN');
    expect(output).toContain('unreachable');
    expect(output).toContain('Connection refused');
    expect(faults).toEqual(CALM);
  });
});
