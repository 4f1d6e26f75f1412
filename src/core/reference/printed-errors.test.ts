import { expect, test } from 'vitest';
import { errorsPrinted } from './printed-errors.ts';

const printed = (typed: string, exit: number | null, ...output: string[]) =>
  errorsPrinted({ typed, exit, output });

test.each([
  'docker: Error response from daemon: Conflict. The name "/parrot" is in use',
  'Error response from daemon: No such container: parrot',
  'ERROR: failed to build: failed to solve: failed to compute cache key',
  'error during connect: this error may indicate that the docker daemon is not running',
  'Cannot connect to the Docker daemon at unix:///run/docker.sock. Is the docker daemon running?',
  'failed to connect to the docker API at unix:///run/docker.sock; check if it is right: dial',
  'permission denied while trying to connect to the docker API at unix:///run/docker.sock',
  'Failed to initialize: unable to resolve docker endpoint: context "foe": context not found',
  'OCI runtime exec failed: exec failed: unable to start container process',
  "unknown shorthand flag: 'v' in -v",
  'DEPRECATED: The legacy builder is deprecated',
  'ERRO[0000] runc run failed: JSON specification file config.json not found',
  'WARN[0000] The "TOKEN" variable is not set. Defaulting to a blank string.',
  'time="2026-11-27T09:00:00Z" level=warning msg="compose.yaml: `version` is obsolete"',
  "ModuleNotFoundError: No module named 'flask'",
  'Error: connect ECONNREFUSED 172.18.0.2:5432',
  'psql: error: connection to server at "db" failed',
  '2026-11-27 09:00:00.000 UTC [33] FATAL:  password authentication failed for user "sam"',
  'curl: (7) Failed to connect to localhost port 8081',
  'cat: /cargo: No such file or directory',
  'sh: 1: cannot create /cargo: Read-only file system',
  'ping: web: Name or service not known',
  'sh: 1: Cannot fork',
])('says that it is an error, however the command ended: %s', (line) => {
  for (const exit of [0, 1, null]) expect(printed('sh', exit, 'Ahoy', line, 'end')).toEqual([line]);
});

test.each([
  "Unable to find image 'debian:latest' locally",
  'WARNING! This will remove:',
  ' => ERROR [2/3] COPY helo.sh /',
  '  RX packets:2 errors:0 dropped:0',
  'error.log',
  'lo               UNKNOWN        127.0.0.1/8 ::1/128',
  'Errors were not found.',
])('is no error: %s', (line) => {
  expect(printed('docker ps', 0, line)).toEqual([]);
});

test('the last line of a docker command that failed is its message, no matter who printed it', () => {
  expect(
    printed('echo x | docker run -it debian', 1, 'Ahoy', 'the input device is not a TTY'),
  ).toEqual(['the input device is not a TTY']);
  expect(
    printed(
      'docker compose up -d',
      1,
      'dependency failed to start: container app-db-1 is unhealthy',
      '',
      "Run 'docker compose up --help' for more information",
    ),
  ).toEqual(['dependency failed to start: container app-db-1 is unhealthy']);
  expect(printed('docker exec db true', 1)).toEqual([]);
});

test('of other commands that failed, only a last line that begins with a program counts', () => {
  expect(printed('sh greet.sh', 1, 'figlet: : Unable to open font file')).toEqual([
    'figlet: : Unable to open font file',
  ]);
  expect(printed('ps -C runc', 1, '  PID COMMAND')).toEqual([]);
});

test('what ^C has ended did not fail', () => {
  expect(printed('docker logs -f hen', 130, 'Egg 1', '^C')).toEqual([]);
});

test('a step that prints the status ended with it', () => {
  const typed = 'docker run --nmae hen debian true; echo $?';
  expect(printed(typed, 0, 'it is not a TTY', '', '125')).toEqual(['it is not a TTY']);
  expect(printed('docker run debian true; echo $?', 0, 'Ahoy', '0')).toEqual([]);
});

test('a container named by Compose, and the clock of BuildKit, are not part of a message', () => {
  expect(printed('docker compose logs', 0, 'app-1  | Error: no database')).toEqual([
    'Error: no database',
  ]);
  expect(printed('docker build .', 1, '#7 0.312 sh: 1: gcc: not found', 'ERROR: no')).toEqual([
    'sh: 1: gcc: not found',
    'ERROR: no',
  ]);
});

test('what is printed twice is one message', () => {
  expect(printed('sh', 0, 'fatal: no', 'fatal: no')).toEqual(['fatal: no']);
});
