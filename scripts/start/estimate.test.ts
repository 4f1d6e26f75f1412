import { expect, it } from 'vitest';
import { Estimate, roughly } from './estimate.ts';

const PLAN = [
  { name: 'kernel', seconds: 300, after: [] },
  { name: 'disk', seconds: 60, after: ['kernel'] },
  { name: 'parts', seconds: 40, after: ['disk'] },
  { name: 'state', seconds: 100, after: ['disk'] },
];

it('adds up the longest chain of steps', () => {
  expect(new Estimate(PLAN).remaining(0)).toBe(460);
});

it('leaves out what has ended or was not necessary', () => {
  const estimate = new Estimate(PLAN);
  estimate.end('kernel', 1);
  expect(estimate.remaining(1)).toBe(160);
  expect(estimate.taken()).toEqual({});
  estimate.begin('disk', 1);
  estimate.end('disk', 61);
  expect(estimate.remaining(61)).toBe(100);
  expect(estimate.taken()).toEqual({ disk: 60 });
});

it('extrapolates from the share of a step, and takes other steps to be as slow', () => {
  const estimate = new Estimate(PLAN);
  estimate.begin('kernel', 0);
  estimate.share('kernel', 0.01);
  expect(estimate.remaining(30)).toBe(430);
  estimate.share('kernel', 0.25);
  // It takes 600 instead of 300 seconds.
  expect(estimate.remaining(150)).toBeCloseTo(450 + 160 * ((60 + 150) / (60 + 75)));
  estimate.end('kernel', 600);
  expect(estimate.remaining(600)).toBeCloseTo(160 * ((60 + 600) / (60 + 300)));
});

it('a step that takes longer than usual is not over', () => {
  const estimate = new Estimate(PLAN);
  for (const name of ['kernel', 'disk', 'parts']) estimate.end(name, 0);
  estimate.begin('state', 0);
  expect(estimate.remaining(60)).toBe(40);
  expect(estimate.remaining(500)).toBe(10);
});

it('names durations in words', () => {
  expect([0, 49, 50, 89, 90, 600].map(roughly)).toEqual([
    'less than a minute',
    'less than a minute',
    'about a minute',
    'about a minute',
    'about 2 minutes',
    'about 10 minutes',
  ]);
});
