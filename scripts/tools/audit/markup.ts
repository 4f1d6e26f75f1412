import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import {
  canInstallPackages,
  hasProgram,
  installPackages,
} from '../../lab/outer-engine/packages.ts';

const PACKAGE = dirname(createRequire(import.meta.url).resolve('vnu-jar/package.json'));
const CHECKER = join(PACKAGE, 'build/dist/vnu.jar');
/**
 * A run takes seconds, so compiling code as far as Java can takes longer than it saves. Code that
 * is compiled less needs a larger stack.
 */
const QUICK = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xss8m'];

/** Installs a Java runtime, which the checker needs, if it is missing and can be installed. */
export async function ensureChecker(report: (line: string) => void): Promise<void> {
  if (!(await hasProgram('java')) && (await canInstallPackages()))
    await installPackages(['default-jre-headless'], report);
}

/** Runs the Nu HTML checker on the pages of a folder. Returns one line per error. */
export async function markupErrors(folder: string): Promise<string[]> {
  const options = ['--errors-only', '--skip-non-html', '--format', 'json'];
  const args = [...QUICK, '-jar', CHECKER, ...options, folder];
  // It exits with 1 if it finds errors, and prints them on stderr.
  const { stderr } = await promisify(execFile)('java', args, { maxBuffer: 2 ** 26 }).catch(
    (error: unknown) => failedChecker(error),
  );
  const { messages } = JSON.parse(stderr) as { messages: readonly Message[] };
  return messages.map(
    ({ url = '', lastLine = 0, message, extract = '' }) =>
      `${url.replace(/^.*?\/dist\//, '')}:${lastLine}: ${message} ${JSON.stringify(extract)}`,
  );
}

/** A part of https://github.com/validator/validator/wiki/Output-%C2%BB-JSON */
interface Message {
  readonly url?: string;
  readonly lastLine?: number;
  readonly message: string;
  readonly extract?: string;
}

function failedChecker(error: unknown): { stderr: string } {
  if (error instanceof Error && 'stderr' in error && String(error.stderr).startsWith('{"'))
    return { stderr: String(error.stderr) };
  throw new Error('the Nu HTML checker did not run', { cause: error });
}
