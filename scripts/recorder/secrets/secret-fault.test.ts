import { expect, test } from 'vitest';
import { ROWS, stepsOf, type Step } from '../../../src/core/lesson/model.ts';
import { parseLesson } from '../../../src/core/lesson/parse.ts';
import type { Cast, CastEvent } from '../../../src/core/recording/cast.ts';
import { secretFault } from './secret-fault.ts';

/** Made here, so that no scanner takes this file for a leak. */
const TOKEN = `ghp_${'a1B2'.repeat(9)}`;
const ADDRESS = 'https://me:s3cr3tpw@registry.example.net/';
const base64 = (text: string) => Buffer.from(text).toString('base64');

function stepWith(options: string): Step {
  const text = `---\ntitle: A\ndescription: B\n---\n\n\`\`\`console one ${options}\n$ true\n\`\`\`\n`;
  const { lesson } = parseLesson(text, 'a.mdx');
  const [step] = lesson === undefined ? [] : stepsOf(lesson);
  if (step === undefined) throw new Error('no step');
  return step;
}

const output = (text: string): CastEvent => [0, 'o', text];
const command = (label: string): CastEvent => [0, 'm', label];
const faultOf = (events: readonly CastEvent[], options = '') => {
  const term = { cols: 80, rows: ROWS, type: 'xterm-256color' };
  const cast: Cast = { header: { version: 3, title: 'A: one', term, env: {} }, events };
  return secretFault(stepWith(options), '$ true\nall is well\n', cast);
};

test('a step that holds no secret is fine, with titles, links, colours and a clipboard', async () => {
  const printed = [
    '\x1b]0;root@lab: ~\x07\x1b[31mred\x1b[0m\r\n',
    '\x1b]8;;https://docs.docker.com/\x1b\\docs\x1b]8;;\x1b\\\r\n',
    `\x1b]52;c;${base64('hello world')}\x07\x1b]52;c;?\x07`,
  ];
  expect(await faultOf([command('true'), ...printed.map(output)])).toBeUndefined();
});

test.each<[string, string]>([
  ['that was wiped off the screen', `${TOKEN}\r\n\x1b[2J\x1b[H`],
  ['whose letters have colours', `\x1b[31m${TOKEN.slice(0, 9)}\x1b[32m${TOKEN.slice(9)}\x1b[0m`],
  ['in a title', `\x1b]0;${TOKEN}\x07`],
  ['in a title that has no end', `\x1b]2;${TOKEN}`],
  ['in a title, with C1 control characters', `\x9d2;${TOKEN}\x9c`],
  ['in the address of a link', `\x1b]8;;${ADDRESS}\x1b\\here\x1b]8;;\x1b\\`],
  ['for the clipboard', `\x1b]52;c;${base64(`login ${TOKEN}\n`)}\x07`],
  ['for the clipboard, with ST', `\x1b]52;;${base64(TOKEN).replace(/=+$/, '')}\x1b\\`],
  [
    'for another terminal, inside a device control string',
    `\x1bPtmux;\x1b\x1b]0;${TOKEN}\x07\x1b\\`,
  ],
  ['in a private message', `\x1b^${TOKEN}\x1b\\`],
])('a secret is found %s', async (_, text) => {
  // As it comes from a terminal: in pieces.
  const pieces = [text.slice(0, 7), text.slice(7)].map(output);
  const fault = await faultOf([command('true'), ...pieces]);
  expect(fault?.found).toMatch(/: .*; the cast would (?:show|contain) it$/);
  expect(JSON.stringify(fault)).not.toContain(TOKEN);
  expect(await faultOf([command('true'), ...pieces], 'secret-ok="made up"')).toBeUndefined();
});

test('a secret is found in a command that was typed unseen', async () => {
  const fault = await faultOf([command(TOKEN), output('Password: \r\n')]);
  expect(fault).toMatchObject({
    title: 'the cast would contain what looks like a secret',
    found: expect.stringMatching(/^in a command, .*; the cast would contain it$/) as string,
  });
});

test('secret-ok where nothing looks like a secret is a fault', async () => {
  const fault = await faultOf([command('true'), output('fine\r\n')], 'secret-ok="none at all"');
  expect(fault?.title).toContain('shows nothing that looks like a secret');
});
