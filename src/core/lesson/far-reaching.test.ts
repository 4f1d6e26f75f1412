import { expect, test } from 'vitest';
import { farReaching } from './far-reaching.ts';
import { parseLesson } from './parse.ts';
import { stepsOf } from './model.ts';

function found(typed: string, options = ''): string[] {
  const text = `---\ntitle: T\ndescription: D\n---\n\n\`\`\`console a${options}\n${typed}\n\`\`\`\n`;
  const { lesson } = parseLesson(text, 'x.mdx');
  return (lesson ? stepsOf(lesson) : []).flatMap(farReaching).map(({ text: part }) => part);
}

test.each([
  ['$ docker system prune', 'docker system prune'],
  ['$ docker system prune -af --volumes | tail -n 1', 'docker system prune'],
  ['$ docker container prune -f', 'docker container prune'],
  ['$ docker builder prune -af', 'docker builder prune'],
  ['$ sudo docker image  prune', 'docker image  prune'],
  ['$ docker rm $(docker ps -aq)', 'docker rm $('],
  ['$ docker rm -f $(docker ps -q)', 'docker rm -f $('],
  ['$ docker container rm --force `docker ps -q`', 'docker container rm --force `'],
  ['$ docker volume rm $(docker volume ls -q)', 'docker volume rm $('],
  ['$ true && docker rmi $(docker images -q)', 'docker rmi $('],
  ['$ docker ps -q | xargs docker kill', '| xargs docker kill'],
  ['$ docker ps -aq | xargs -r docker rm -f', '| xargs -r docker rm'],
  ['$ docker compose down -v', 'docker compose down -v'],
  ['$ docker compose -f a.yml down --volumes', 'docker compose -f a.yml down --volumes'],
  ['$ docker rm \\\n> $(docker ps -aq)', 'docker rm  $('],
  ['$ iptables -I INPUT -p tcp --dport 8081 -j DROP', 'iptables -I'],
  ['$ ip6tables -t nat -F', 'ip6tables -t nat -F'],
  ["$ iptables -S | sed 's/^-A/iptables -D/' | sh", 'iptables -D'],
  ['$ docker run --rm --privileged debian true', 'docker run --rm --privileged'],
  [
    '$ docker run -v /var/run/docker.sock:/var/run/docker.sock:ro debian',
    'docker run -v /var/run/docker.sock:',
  ],
  ['$ docker run \\\n>   --volume=/:/host debian', 'docker run    --volume=/:'],
  ['$ docker run --mount type=bind,src=/,dst=/host debian', 'docker run --mount type=bind,src=/'],
])('%s', (typed, part) => {
  expect(found(typed)).toEqual([part]);
});

test.each([
  '$ docker rm -f parrot',
  '$ docker rmi parrot-2014',
  '$ docker volume rm treasure',
  '$ docker compose down',
  '$ docker export $(docker create busybox) | tar -x',
  '$ docker rm parrot; echo $(date)',
  '$ docker ps -aq',
  '$ iptables -t nat -S DOCKER',
  '$ iptables -nvL INPUT 1',
  '$ docker run -v ./desk:/letters -v letters:/ debian',
  '$ docker run -v /srv:/srv --mount type=bind,src=/srv,dst=/data debian',
  '$ docker run --pid host debian ps; echo --privileged',
])('names what it removes: %s', (typed) => {
  expect(found(typed)).toEqual([]);
});

test('a question that is answered with "no" removes nothing', () => {
  expect(found('$ docker system prune', ' until="[y/N]" keys="n^M"')).toEqual([]);
  expect(found('$ docker system prune', ' until="[y/N]" keys="y^M"')).toHaveLength(1);
});
