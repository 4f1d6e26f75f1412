import { expect, test } from 'vitest';
import { dockerCalls, dockerCommands } from './docker-commands.ts';

test.each([
  ['docker run -it debian bash', ['docker run']],
  [
    'docker rm $(docker ps -aq) && docker rmi $(docker images -q)',
    ['docker rm', 'docker ps', 'docker rmi', 'docker images'],
  ],
  ['time docker run --rm busybox ifconfig', ['docker run']],
  ['docker -H tcp://127.0.0.1:2375 --debug image ls --tree', ['docker image ls']],
  ['DOCKER_HOST=unix:///run/other.sock docker ps', ['docker ps']],
  ['docker compose up -d', ['docker compose up']],
  ['docker compose -f a.yaml --profile x up', ['docker compose up']],
  ['docker run -v "$PWD":/a debian docker', ['docker run']],
  ['docker image --help', ['docker image']],
  ['docker --version', ['docker --version']],
  ['docker', ['docker']],
  ['docker run \\\n  --rm debian', ['docker run']],
  ['docker ps -q | xargs docker stop', ['docker ps', 'docker stop']],
  ['until docker logs web; do sleep 1; done', ['docker logs']],
  ['echo "docker run" > notes; cat docker', []],
  ['ps -C dockerd', []],
])('%s', (typed, commands) => {
  expect(dockerCommands(typed)).toEqual(commands);
});

test('a call has the words that follow its name, up to the end of the command', () => {
  expect(
    dockerCalls(`docker run -v "$PWD"/a:/b -e 'A=b c' debian && docker rm $(docker ps -aq)`),
  ).toEqual([
    { name: 'docker run', words: ['-v', '"$PWD"/a:/b', '-e', "'A=b c'", 'debian'] },
    { name: 'docker rm', words: [] },
    { name: 'docker ps', words: ['-aq'] },
  ]);
});
