// @ts-check
import { COMMANDS } from './commands.mjs';

/** @typedef {keyof typeof COMMANDS} CommandName */

/**
 * @typedef {object} Argument An option or a positional argument.
 * @property {string} name
 * @property {string} label How help prints it.
 * @property {string} text What it is.
 * @property {string} [value] Placeholder of the value that it takes: `N`, `FILE`.
 * @property {string} [short] Its short form: one letter.
 * @property {boolean} optional
 * @property {boolean} repeats
 * @property {string | number} [default]
 * @property {Readonly<Record<string, string>>} [choices]
 */

/** Widest line of help, in columns. */
const WIDTH = 100;
const STATUSES = { 0: 'success', 2: 'the arguments are not valid', 130: 'interrupted' };

const names = /** @type {CommandName[]} */ (Object.keys(COMMANDS));

/** @type {(script: string) => CommandName | undefined} The command that a script runs. */
export const commandOf = (script) =>
  names.find((name) => script === `scripts/${name.replace(':', '-')}.ts`);

/** @type {(name: CommandName) => string} What the user types to run it: `npm run record`. */
export const callOf = (name) => (/^(start|test)$/.test(name) ? `npm ${name}` : `npm run ${name}`);

/** @type {(args: readonly string[]) => boolean} */
export const asksForHelp = (args) => args.includes('--help') || args.includes('-h');

/** @type {(name: CommandName) => import('./commands.mjs').Command} */
export const definitionOf = (name) => COMMANDS[name];

/** @type {(name: CommandName) => Argument[]} The options of a command; `--help` is the last one. */
export function optionsOf(name) {
  const options = Object.entries({ ...definitionOf(name).options, '-h, --help': 'show this help' });
  return options.map(([label, details]) => {
    const [, short, long = '', value] = /^(?:-(\w), )?--([\w-]+)(?: (\S+))?$/.exec(label) ?? [];
    const letters = { ...(short && { short }), ...(value && { value }) };
    return { name: long, label, optional: true, repeats: false, ...letters, ...detailsOf(details) };
  });
}

/** @type {(name: CommandName) => Argument[]} The positional arguments of a command, in order. */
export function positionalsOf(name) {
  return Object.entries(definitionOf(name).positionals ?? {}).map(([usage, details]) => {
    const value = usage.replace(/^\[(.*)\]$/, '$1').replace('…', '');
    const [optional, repeats] = [usage.startsWith('['), usage.includes('…')];
    return { name: value, label: value, value, optional, repeats, ...detailsOf(details) };
  });
}

/** @typedef {import('./commands.mjs').Details} Details */

/** @type {(details: string | Details) => Details} */
const detailsOf = (details) => (typeof details === 'string' ? { text: details } : details);

/**
 * The usage line of a command: `npm run new-lesson -- ID [OPTION…]`.
 * @param {CommandName} name
 */
export function usageOf(name) {
  const { positionals = {}, options } = definitionOf(name);
  const words = [...Object.keys(positionals), ...(options === undefined ? [] : ['[OPTION…]'])];
  return [callOf(name), ...(words.length === 0 ? [] : ['--', ...words])].join(' ');
}

/**
 * What `--help` prints.
 * @param {CommandName} name
 */
export function helpOf(name) {
  const { summary, more, examples, statuses } = definitionOf(name);
  const typed = Object.entries(examples).map(([typed, text]) => [`${callOf(name)} ${typed}`, text]);
  return [
    usageOf(name),
    '',
    ...lines('', '', `${capital(summary)}.${more === undefined ? '' : ` See ${more}.`}`),
    ...section('Arguments', positionalsOf(name).flatMap(rowsOf)),
    ...section('Options', optionsOf(name).flatMap(rowsOf)),
    ...section('Examples', typed),
    ...section('Exit statuses', Object.entries({ ...STATUSES, ...statuses })),
    '',
  ].join('\n');
}

/** @type {(argument: Argument) => string[][]} */
function rowsOf({ label, text, default: absent, choices = {} }) {
  return [
    [label, absent === undefined ? text : `${text} (default: ${absent})`],
    ...Object.entries(choices).map(([choice, meaning]) => [`  ${choice}`, meaning]),
  ];
}

/**
 * A titled section of help, in two columns.
 * @param {string} title
 * @param {readonly (readonly string[])[]} rows
 */
function section(title, rows) {
  if (rows.length === 0) return [];
  const width = Math.max(...rows.map(([left = '']) => left.length));
  const below = ' '.repeat(width + 4);
  return [
    '',
    `${title}:`,
    ...rows.flatMap(([left = '', right = '']) => lines(below, `  ${left.padEnd(width)}  `, right)),
  ];
}

/**
 * Wraps a text at `WIDTH` columns.
 * @param {string} indent Indent of all lines after the first.
 * @param {string} first What the first line begins with.
 * @param {string} text
 */
function lines(indent, first, text) {
  const broken = [first];
  for (const word of text.split(' ')) {
    const line = `${broken.at(-1)}${word}`;
    if (line.length > WIDTH) broken.push(`${indent}${word} `);
    else broken[broken.length - 1] = `${line} `;
  }
  return broken.map((line) => line.trimEnd());
}

/** @type {(text: string) => string} */
function capital(text) {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
