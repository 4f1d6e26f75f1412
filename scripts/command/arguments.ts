import { parseArgs, type ParseArgsConfig } from 'node:util';

/** Exit status of a command that was called in a way that it does not know. */
const USAGE_STATUS = 2;

/**
 * Reads the arguments of an npm script. With `--help` it shows how the script is called and ends
 * with 0; if they are not valid it says why and ends with 2.
 */
export function readArguments<T extends ParseArgsConfig>(
  usage: string,
  config: T,
): ReturnType<typeof parseArgs<T>> {
  if (process.argv.slice(2).includes('--help')) {
    process.stdout.write(`${usage}\n`);
    process.exit(0);
  }
  try {
    return parseArgs(config);
  } catch (error) {
    refuse(error instanceof Error ? error.message : String(error), usage);
  }
}

/** Says what is wrong with the arguments, and how the script is called; ends with 2. */
export function refuse(message: string, usage: string): never {
  process.stderr.write(`${message.replace(/\. To specify a positional .*$/s, '')}\n${usage}\n`);
  process.exit(USAGE_STATUS);
}

/** The value of `--port`. Ends with 2 if it is none. */
export function readPort(text: string, usage: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  refuse(`--port ${text} is not a port: use a number from 0 to 65535`, usage);
}
