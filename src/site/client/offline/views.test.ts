import { expect, test } from 'vitest';
import { placeOf } from './views.ts';

const views = new Map(['_start', 'run', 'cache', '_commands', '_2014'].map((name) => [name, {}]));

test.each([
  ['#run', { view: 'run', anchor: '' }],
  ['#run.first-run', { view: 'run', anchor: 'first-run' }],
  ['#_commands.docker-rm', { view: '_commands', anchor: 'docker-rm' }],
  ['#first-run', { anchor: 'first-run' }],
  ['#a.b', { anchor: 'a.b' }],
  // When the file is opened, and when Back returns to it.
  ['', { view: '_start', anchor: '' }],
  // As on the site, but typed by hand.
  ['#/lessons/run/', { view: 'run', anchor: '' }],
  ['#/lessons/run', { view: 'run', anchor: '' }],
  ['#lessons/run/', { view: 'run', anchor: '' }],
  ['#/lessons/run/#first-run', { view: 'run', anchor: 'first-run' }],
  ['#/lessons/run/%23first-run', { view: 'run', anchor: 'first-run' }],
  ['#/commands/', { view: '_commands', anchor: '' }],
  ['#/2014/', { view: '_2014', anchor: '' }],
  ['#/', { view: '_start', anchor: '' }],
  ['#/lessons/nothing/', { anchor: '/lessons/nothing/' }],
  ['#100%', { anchor: '100%' }],
])('%s', (hash, place) => {
  expect(placeOf(hash, views)).toEqual(place);
});
