import { expect, test } from 'vitest';
import { createdBy, keptAfter, leftIn, type LabState } from './leftovers.ts';

const BASE = { 'debian:latest': 'sha256:d' };
const DEBIAN = { name: 'debian:latest', id: 'sha256:1', digests: ['sha256:d'] };
const OWN = { name: 'hello:latest', id: 'sha256:2', digests: ['sha256:h'] };
const ANONYMOUS = 'e'.repeat(64);
const EMPTY: LabState = {
  containers: [],
  images: [DEBIAN],
  volumes: [],
  networks: ['bridge', 'host', 'none'],
  contexts: [],
  context: 'default',
  cache: 0,
  files: [],
  programs: ['dockerd'],
};

const container = (name: string, state = 'exited', image = 'debian') => ({
  ...{ id: `id of ${name}`, name, image, state },
});

test('commands remove everything with a name of its own, in an order that works', () => {
  const after: LabState = {
    ...EMPTY,
    containers: [container('parrot', 'running'), container('hen', 'exited', '1babf4a1f1ce')],
    images: [DEBIAN, OWN, { ...OWN, name: 'shop:2' }],
    volumes: ['treasure'],
    networks: [...EMPTY.networks, 'harbor'],
    contexts: ['friend'],
    context: 'friend',
    files: ['Dockerfile', 'src/', "~/it's", '/tmp/friend/'],
    programs: ['dockerd', 'dockerd --data-root /tmp/friend -D', 'sh -c /tmp/friendly'],
  };
  const { names, commands, nameless } = createdBy(EMPTY, after, BASE);
  expect(commands).toEqual([
    'docker context use default',
    'while pkill -f /tmp/friend; do sleep 1; done',
    'docker rm -f hen parrot',
    'docker context rm friend',
    'docker rmi hello shop:2',
    'docker volume rm treasure',
    'docker network rm harbor',
    String.raw`rm -r /tmp/friend Dockerfile src '~/it'\''s'`,
  ]);
  expect(names.containers).toEqual(['hen', 'parrot']);
  expect(nameless).toEqual([]);
});

test('a lesson that leaves nothing, or only what it has pulled, creates nothing', () => {
  expect(createdBy(EMPTY, EMPTY, BASE)).toEqual({ names: {}, commands: [], nameless: [] });
  expect(createdBy({ ...EMPTY, images: [] }, EMPTY, BASE).names).toEqual({});
});

test('an image that the lesson has built under the name of a pulled one is its own', () => {
  const images = [{ ...DEBIAN, id: 'sha256:3', digests: ['sha256:x'] }];
  expect(createdBy(EMPTY, { ...EMPTY, images }, BASE).commands).toEqual(['docker rmi debian']);
});

test('a container takes its anonymous volumes with it', () => {
  const after = { ...EMPTY, containers: [container('box')], volumes: [ANONYMOUS] };
  expect(createdBy(EMPTY, after, BASE).commands).toEqual(['docker rm -fv box']);
});

test('a container without a name is kept if its image names it, and must not run', () => {
  const containers = [container('brave_curie'), container('sad_bell', 'created', 'hello')];
  const after = { ...EMPTY, containers };
  expect(createdBy(EMPTY, after, BASE)).toEqual({ names: {}, commands: [], nameless: [] });
  expect(keptAfter(EMPTY, after, BASE)[0]).toEqual({
    kind: 'containers',
    command:
      'docker rm $(docker ps -aq --filter status=created --filter status=exited' +
      ' --filter ancestor=debian --filter ancestor=hello)',
  });
  const nameless = (one: ReturnType<typeof container>) =>
    createdBy(EMPTY, { ...EMPTY, containers: [one] }, BASE).nameless;
  expect(nameless(container('brave_curie', 'running'))).toEqual([
    'a container of debian without a name, running',
  ]);
  expect(nameless(container('brave_curie', 'exited', '1babf4a1f1ce'))).toHaveLength(1);
});

test('what may have been there before is kept', () => {
  const now: LabState = {
    ...EMPTY,
    images: [DEBIAN, { id: 'sha256:4', digests: [] }],
    volumes: [ANONYMOUS],
    cache: 3,
  };
  expect(keptAfter(EMPTY, now, BASE).map(({ command }) => command)).toEqual([
    'docker rmi debian',
    'docker image prune -f',
    'docker volume prune -f',
    'docker builder prune -af',
  ]);
});

test('tells what is still there', () => {
  const now = { ...EMPTY, containers: [container('parrot')], files: ['src/'], cache: 1 };
  expect(leftIn(EMPTY, now)).toEqual(['the container parrot', 'the file src', 'build cache']);
  expect(leftIn(EMPTY, now, { files: ['src'] })).toEqual(['the file src']);
  expect(leftIn(EMPTY, EMPTY)).toEqual([]);
});
