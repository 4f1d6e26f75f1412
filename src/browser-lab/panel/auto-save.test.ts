import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AutoSave } from './auto-save.ts';

let saves: number;
let atPrompt: boolean;
let canSave: boolean;
let auto: AutoSave;

beforeEach(() => {
  vi.useFakeTimers();
  saves = 0;
  atPrompt = canSave = true;
  auto = new AutoSave({ save: () => saves++, atPrompt: () => atPrompt, canSave: () => canSave });
});
afterEach(() => {
  vi.useRealTimers();
});

test('a machine is saved once, when its prompt has been quiet for a while', () => {
  auto.changed();
  vi.advanceTimersByTime(1400);
  auto.changed();
  vi.advanceTimersByTime(1400);
  expect(saves).toBe(0);
  vi.advanceTimersByTime(60_000);
  expect(saves).toBe(1);
});

test('while a program runs in the terminal, it takes longer', () => {
  atPrompt = false;
  auto.changed();
  vi.advanceTimersByTime(9000);
  expect(saves).toBe(0);
  vi.advanceTimersByTime(1000);
  expect(saves).toBe(1);
});

test('in a hurry, it is saved at once, if anything has changed', () => {
  auto.hurry();
  expect(saves).toBe(0);
  auto.changed();
  auto.hurry();
  expect(saves).toBe(1);
});

test('it is saved when it can be', () => {
  canSave = false;
  auto.changed();
  vi.advanceTimersByTime(10_000);
  expect(saves).toBe(0);
  canSave = true;
  vi.advanceTimersByTime(1500);
  expect(saves).toBe(1);
});

test('what changes during a save is saved after it', () => {
  auto.changed();
  auto.hurry();
  auto.changed();
  vi.advanceTimersByTime(60_000);
  expect(saves).toBe(1);
  auto.ended();
  vi.advanceTimersByTime(1500);
  expect(saves).toBe(2);
});

test('a machine that has stopped is not saved', () => {
  auto.changed();
  auto.reset();
  vi.advanceTimersByTime(60_000);
  expect(saves).toBe(0);
});
