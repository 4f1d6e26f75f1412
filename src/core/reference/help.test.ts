import { expect, test } from 'vitest';
import { optionsIn, readHelp } from './help.ts';

const RUN = readHelp(`$ docker run --help
Usage:  docker run [OPTIONS] IMAGE [COMMAND] [ARG...]

Create and run a new container
from an image

Aliases:
  docker container run, docker run

Options:
      --annotation map                   Add an annotation to the
                                         container (default map[])
  -c, --cpu-shares int                   CPU shares (relative weight)
  -d, --detach                           Run container in background and
                                         print container ID
  -e, --env list                         Set environment variables
  -i, --interactive                      Keep STDIN open
      --name string                      Assign a name to the container
  -t, --tty                              Allocate a pseudo-TTY
`);

test('help is read with its summary, its aliases, and its options, also on several lines', () => {
  expect(RUN.summary).toBe('Create and run a new container from an image');
  expect(RUN.aliases).toEqual(['docker container run', 'docker run']);
  expect(RUN.passesOn).toBe(true);
  expect(RUN.options).toHaveLength(7);
  expect(RUN.options.slice(0, 3)).toEqual([
    {
      long: '--annotation',
      isValued: true,
      text: 'Add an annotation to the container (default map[])',
    },
    { short: '-c', long: '--cpu-shares', isValued: true, text: 'CPU shares (relative weight)' },
    {
      short: '-d',
      long: '--detach',
      isValued: false,
      text: 'Run container in background and print container ID',
    },
  ]);
});

test.each([
  ['-it debian bash -c', ['-i', '-t']],
  ['-dit --name hen debian', ['-d', '-i', '-t', '--name']],
  ['--name=hen -e A=-d debian', ['--name', '-e']],
  ['-eA=-d -i debian', ['-e', '-i']],
  ['--nmae hen -d debian', []],
  ['debian -d', []],
  ['-d -- -i', ['-d']],
])('the options in docker run %s', (words, options) => {
  expect(optionsIn(words.split(' '), RUN).map(({ typed }) => typed)).toEqual(options);
});

test('options of other commands may stand behind their arguments', () => {
  const rm = readHelp(
    'Usage:  docker rm CONTAINER\n\nRemove\n\nOptions:\n  -f, --force   Force it\n',
  );
  expect(optionsIn(['hen', '-f'], rm).map(({ option }) => option.text)).toEqual(['Force it']);
});
