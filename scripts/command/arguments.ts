import { parseArgs } from 'node:util';
import { closest } from 'fastest-levenshtein';
import type { COMMANDS } from './commands.mjs';
import {
  asksForHelp,
  callOf,
  helpOf,
  optionsOf,
  positionalsOf,
  usageOf,
  type Argument,
  type CommandName,
} from './help.mjs';

/** Exit status of a command whose arguments are not valid. */
const USAGE_STATUS = 2;
const HIGHEST_PORT = 65_535;

/** The long form of an option with its value, such as `--jobs N`, without the short form. */
type Written<K> = K extends `-${string}, ${infer Long}` ? Long : K;

type NameOf<K> =
  Written<K> extends `--${infer Name} ${string}`
    ? Name
    : Written<K> extends `--${infer Name}`
      ? Name
      : never;

/** Type of the value that an option has after parsing. */
type ValueOf<K, Details> =
  Written<K> extends `--${string} ${infer Value}`
    ? | (Details extends { readonly choices: infer Choices }
          ? keyof Choices
          : Value extends 'N' | 'PORT'
            ? number
            : string)
      | (Details extends { readonly default: unknown } ? never : undefined)
    : boolean;

export interface Arguments<Name extends CommandName> {
  readonly values: (typeof COMMANDS)[Name] extends { readonly options: infer Options }
    ? { readonly [K in keyof Options as NameOf<K>]: ValueOf<K, Options[K]> }
    : Readonly<Record<string, never>>;
  readonly positionals: readonly string[];
}

/**
 * Reads the arguments of an npm script, as `commands.mjs` defines them. With `--help`, prints the
 * help and exits with 0. If the arguments are not valid, prints why and exits with 2.
 */
export function readArguments<Name extends CommandName>(name: Name): Arguments<Name> {
  const args = process.argv.slice(2);
  if (asksForHelp(args)) {
    process.stdout.write(helpOf(name));
    process.exit(0);
  }
  const { values, positionals } = parse(name, args);
  const read = optionsOf(name).map((option) => {
    const given = values[option.name];
    if (typeof given === 'string') return [option.name, valid(name, option, given)];
    return [option.name, option.value === undefined ? given === true : option.default];
  });
  requirePositionals(name, positionals);
  return { values: Object.fromEntries(read) as Arguments<Name>['values'], positionals };
}

/** Prints what is wrong with the arguments of a command and how to call it, and exits with 2. */
export function refuse(name: CommandName, message: string): never {
  const help = `\`${callOf(name)} -- --help\` shows its options and examples.`;
  process.stderr.write(`${message}\n${usageOf(name)}\n${help}\n`);
  process.exit(USAGE_STATUS);
}

function parse(name: CommandName, args: string[]) {
  const options = Object.fromEntries(
    optionsOf(name).map(({ name: option, short, value }) => {
      const type: 'boolean' | 'string' = value === undefined ? 'boolean' : 'string';
      return [option, { type, ...(short !== undefined && { short }) }];
    }),
  );
  const known = Object.keys(options).map((option) => `--${option}`);
  const { tokens } = parseArgs({ args, options, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind !== 'option' || Object.hasOwn(options, token.name)) continue;
    const nearest = closest(token.rawName, known);
    refuse(name, `${token.rawName} is not an option; did you mean ${nearest}?`);
  }
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    refuse(name, error instanceof Error ? error.message : String(error));
  }
}

function requirePositionals(name: CommandName, given: readonly string[]): void {
  const defined = positionalsOf(name);
  const rest = defined.find(({ repeats }) => repeats);
  for (const [index, text] of given.entries()) {
    const positional = defined[index] ?? rest;
    if (positional === undefined) refuse(name, `unexpected argument ${JSON.stringify(text)}`);
    valid(name, positional, text);
  }
  const missing = defined[given.length];
  if (missing?.optional === false) refuse(name, `${missing.name} is missing: ${missing.text}`);
}

/** Parses the text of an argument. Exits with 2 if it is not valid. */
function valid(name: CommandName, { label, value, choices }: Argument, text: string) {
  const said = `${label}: ${JSON.stringify(text)}`;
  if (choices !== undefined) {
    const known = Object.keys(choices).map((choice) => choice.replace(/ .*/, ''));
    if (!known.includes(text)) refuse(name, `${said} is not one of ${known.join(', ')}`);
  } else if (value === 'N') {
    if (!/^[1-9]\d*$/.test(text)) refuse(name, `${said} is not a positive whole number`);
    return Number(text);
  } else if (value === 'PORT') {
    if (!/^\d+$/.test(text) || Number(text) > HIGHEST_PORT)
      refuse(name, `${said} is not a port: use a number from 0 to ${HIGHEST_PORT}`);
    return Number(text);
  }
  return text;
}
