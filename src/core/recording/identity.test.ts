import { expect, test } from 'vitest';
import { identityChanges } from './identity.ts';
import { lessonMasks } from './masks.ts';

const A = '3f2a9c0d1e4b';
const B = '0a1b2c3d4e5f';
const C = 'c0ffee123456';
const D = '99aa88bb77cc';
const digest = (id: string) => id + '7'.repeat(52);

type Lesson = Readonly<Record<string, readonly string[]>>;

const screens = (lesson: Lesson) =>
  new Map(Object.entries(lesson).map(([step, lines]) => [step, `${lines.join('\n')}\n`]));

/** Each change as `kind later earlier`, a place as its step and line. */
const found = (before: Lesson, after: Lesson) =>
  identityChanges(screens(before), screens(after)).map(
    ({ kind, earlier: { after: earlier }, later: { after: later } }) =>
      `${kind} ${later.step}:${later.line} ${earlier.step}:${earlier.line}`,
  );

test('other ids that are the same in the same places agree', () => {
  const before = { run: [A], ps: [`${A}  debian`, `${B}  busybox`], rm: [B, A] };
  const after = { run: [C], ps: [`${C}  debian`, `${D}  busybox`], rm: [D, C] };
  expect(found(before, after)).toEqual([]);
  // Also if the new ids are old ones of something else.
  expect(found({ one: [A, B], two: [A, B] }, { one: [B, A], two: [B, A] })).toEqual([]);
});

test('ids that were the same and now differ', () => {
  expect(found({ run: [A], ps: [A] }, { run: [C], ps: [D] })).toEqual(['split ps:0 run:0']);
});

test('ids that differed and now are the same', () => {
  expect(found({ run: [A], ps: [B] }, { run: [C], ps: [C] })).toEqual(['joined ps:0 run:0']);
});

test('only the places that changed are told', () => {
  const before = { run: [A], ps: [A], stop: [A], rm: [A] };
  expect(found(before, { ...before, ps: [B] })).toEqual(['split ps:0 run:0']);
  expect(found(before, { ...before, stop: [B], rm: [B] })).toEqual(['split stop:0 ps:0']);
});

test('ids that changed places', () => {
  expect(found({ ps: [A, B], rm: [A, B] }, { ps: [A, B], rm: [B, A] })).toEqual([
    'split rm:0 ps:0',
    'joined rm:0 ps:1',
    'split rm:1 ps:1',
    'joined rm:1 ps:0',
  ]);
});

test('both ids are named, before and after', () => {
  const [change] = identityChanges(
    screens({ run: ['$ docker run', A], ps: [A] }),
    screens({ run: ['$ docker run', C], ps: [D] }),
  );
  expect(change).toMatchObject({
    kind: 'split',
    earlier: {
      before: { step: 'run', line: 1, text: A },
      after: { step: 'run', line: 1, text: C },
    },
    later: { before: { step: 'ps', line: 0, text: A }, after: { step: 'ps', line: 0, text: D } },
  });
});

test('a short id belongs to the digest that it begins', () => {
  const short = { pull: [`Digest: sha256:${digest(A)}`], images: [`debian  ${A}`, `x  ${B}`] };
  const other = { pull: [`Digest: sha256:${digest(C)}`], images: [`debian  ${C}`, `x  ${D}`] };
  expect(found(short, other)).toEqual([]);
  const wrong = { pull: [`Digest: sha256:${digest(C)}`], images: [`debian  ${D}`, `x  ${B}`] };
  expect(found(short, wrong)).toEqual(['split images:0 pull:0']);
});

test('truncated digests of the same one belong together, whichever is printed first', () => {
  const before = { one: ['sha256:3f2a9c0d'], two: [A], three: [digest(A)] };
  const after = { one: ['sha256:c0ffee12'], two: [C], three: [digest(C)] };
  expect(found(before, after)).toEqual([]);
  expect(found(before, { ...after, one: ['sha256:99aa88bb'] })).toEqual(['split two:0 one:0']);
});

test('ids within names and in typed lines count', () => {
  const named = (id: string) => ({
    create: ['$ docker volume create', digest(id)],
    look: [`$ ls /var/lib/docker/volumes/${digest(id)}/_data`],
  });
  expect(found(named(A), named(C))).toEqual([]);
  const other = { ...named(C), look: named(D).look };
  expect(found(named(A), other)).toEqual(['split look:0 create:1']);
  const typed = `$ docker pull debian@sha256:${digest(A)}`;
  expect(
    found(
      { pull: [typed, `Digest: sha256:${digest(A)}`] },
      { pull: [typed, `Digest: sha256:${digest(B)}`] },
    ),
  ).toEqual(['split pull:1 pull:0']);
});

test('rows of parallel work may be in any order, other rows may not', () => {
  const pull = (...ids: string[]) => ids.map((id) => `${id}: Pull complete`);
  const before = { pull: pull(A, B, C), again: [`${B} is a layer`] };
  expect(found(before, { pull: pull(C, A, B), again: [`${C} is a layer`] })).toEqual([]);
  expect(found(before, { pull: pull(C, A, B), again: [`${D} is a layer`] })).toEqual([
    'split again:0 pull:1',
  ]);
  expect(found(before, { pull: pull(C, A, A), again: [`${A} is a layer`] })).not.toEqual([]);
  const both = { pull: pull(A, B), one: [A], two: [B] };
  expect(found(both, { pull: pull(B, A), one: [A], two: [A] })).toEqual(['joined two:0 one:0']);
  expect(found({ ls: [A, B], one: [A] }, { ls: [B, A], one: [A] })).not.toEqual([]);
});

test('steps with another text, or in one recording only, say nothing', () => {
  expect(found({ run: [A], ps: [`${A} up`] }, { run: [C], ps: [`${D} down`] })).toEqual([]);
  expect(found({ run: [A], ps: [A] }, { run: [C] })).toEqual([]);
});

test('what Docker and the kernel hand out is compared as well, times and sizes are not', () => {
  expect(
    found(
      { one: ['1.5kB', '3 seconds ago', '[1] 4711'] },
      { one: ['2kB', '9 seconds ago', '[1] 7'] },
    ),
  ).toEqual([]);
  const pid = (number: number) => `"Pid": ${number},`;
  expect(found({ one: [pid(71)], two: [pid(71)] }, { one: [pid(80)], two: [pid(81)] })).toEqual([
    'split two:0 one:0',
  ]);
});

test('a mask of a lesson that names something is compared, another is not', () => {
  const masks = (identity: boolean) =>
    lessonMasks({ masks: [{ name: 'n', pattern: 'ns-\\d+', why: 'w', line: 1, identity }] });
  const [before, after] = [screens({ a: ['ns-1', 'ns-1'] }), screens({ a: ['ns-2', 'ns-3'] })];
  expect(identityChanges(before, after, masks(true))).toHaveLength(1);
  expect(identityChanges(before, after, masks(false))).toEqual([]);
});
