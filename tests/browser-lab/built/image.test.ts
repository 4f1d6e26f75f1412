import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Machine } from '../../../scripts/browser-lab/machine.ts';

/** The browser lab as `npm run vm` has built it, run without a browser. */
let machine: Machine;

beforeAll(async () => {
  machine = await Machine.open();
});

afterAll(async () => {
  await machine.end();
});

/** Runs a command in the reader's shell that must end well; what it printed. */
async function output(line: string): Promise<string> {
  const result = await machine.console.command(line);
  expect(result.status, `${line}\n${result.output}`).toBe(0);
  return result.output.replaceAll('\r\n', '\n');
}

describe('the Engine of the browser lab', () => {
  it('runs a container', async () => {
    expect(await output('docker run --rm busybox echo hi')).toBe('hi\n');
  });

  it('has the images and versions that its manifest names', async () => {
    const { images, versions } = machine.manifest;
    const listed = await output("docker images --format '{{.Repository}}:{{.Tag}}'");
    expect(listed.trim().split('\n').sort()).toEqual([...images].sort());
    expect(await output("docker version --format '{{.Server.Version}}'")).toBe(
      `${versions.engine}\n`,
    );
  });

  it('runs Debian, whose files stay on the disk until they are read', async () => {
    expect(await output('docker run --rm debian cat /etc/os-release')).toContain('ID=debian\n');
  });

  it('builds an image', async () => {
    await output('mkdir hello && cd hello');
    await output(
      "printf 'FROM busybox\\nRUN echo built > /built.txt\\nCOPY words.txt /\\nCMD cat /built.txt /words.txt\\n' > Dockerfile",
    );
    await output('echo words > words.txt');
    await output('docker build -t hello .');
    expect(await output('docker run --rm hello')).toBe('built\nwords\n');
    await output('docker rmi hello && cd .. && rm -r hello');
  });

  it('publishes a port', async () => {
    await output(
      "docker run -d --name web -p 8080:80 busybox sh -c 'mkdir /www && echo page > /www/index.html && httpd -f -h /www'",
    );
    expect(await output('busybox wget -q -O - localhost:8080')).toBe('page\n');
    await output('docker rm -f web');
  });

  it('finds containers by name in a network of the reader', async () => {
    await output('docker network create lab');
    await output('docker run -d --name db --network lab busybox sleep 600');
    expect(await output('docker run --rm --network lab busybox ping -c 1 db')).toContain(
      '1 packets received',
    );
    await output('docker rm -f db && docker network rm lab');
  });

  it('has the widths of characters without calculating them at each start', async () => {
    const before = machine.emulator.instructions;
    await output('docker --version');
    // 450 million with the calculation.
    expect((machine.emulator.instructions - before) >>> 0).toBeLessThan(100e6);
    // The columns of this table have the widths of their texts.
    const rows = stripVTControlCharacters(await output('docker images --tree')).split('\n');
    const ids = rows.filter((row) => row.includes('CONTENT SIZE') || /[0-9a-f]{12}/.test(row));
    const columns = ids.map((row) => row.search(/ID {2}|[0-9a-f]{12}/));
    expect(columns.length).toBeGreaterThan(2);
    expect(Math.max(...columns) - Math.min(...columns)).toBe(0);
  });

  it('lists containers that have ended, with their status', async () => {
    await machine.console.command('docker run --name ended busybox sh -c "exit 3"');
    const listed = await output('docker ps -a');
    expect(listed).toMatch(/busybox .* Exited \(3\) .* ended\n/);
    await output('docker rm ended');
  });
});

describe('the shells of the browser lab', () => {
  it('tells the status of each command', async () => {
    expect((await machine.console.command('(exit 42)')).status).toBe(42);
  });

  it('gives a new one to readers who leave theirs', async () => {
    await machine.console.command('exit');
    expect(await output('pwd')).toBe('/root/workshop\n');
  });

  it('answers the page beside the reader, and tells the terminal its size', async () => {
    const { output: told, status } = await machine.console.ask(
      'stty -F /dev/ttyS0 cols 100 rows 30',
    );
    expect([told, status]).toEqual(['', 0]);
    expect(await output('stty size')).toBe('30 100\n');
  });
});
