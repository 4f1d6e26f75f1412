/**
 * Starts a script of the project: `node scripts/command/run.mjs SCRIPT.ts [ARGUMENTS]`. This file
 * runs on any Node that has ES modules, so that `npm start` works in a fresh clone. It installs the
 * locked packages if they are missing or do not match the lockfile, and then runs the script with
 * the Node 24 that is one of those packages.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import module from 'node:module';
import { constants } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { asksForHelp, commandOf, helpOf } from './help.mjs';

const WANTED_NODE = 24;
const root = fileURLToPath(new URL('../../', import.meta.url));
const [script, ...args] = process.argv.slice(2);

const command = commandOf(script);
if (command !== undefined && asksForHelp(args)) {
  process.stdout.write(helpOf(command));
  process.exit(0);
}

if (!isInstalled()) await install();
const major = Number(process.versions.node.split('.')[0]);
if (major >= WANTED_NODE) {
  // Compiled modules are cached: a command that has little to do starts in half the time.
  module.enableCompileCache(join(root, 'node_modules', '.cache', 'compiled'));
  process.argv.splice(1, 2, resolve(root, script));
  // Invalid arguments are refused before the modules of the script are loaded, which takes longer.
  const { readArguments } = await import('./arguments.ts');
  if (command !== undefined) readArguments(command);
  await import(pathToFileURL(resolve(root, script)).href);
} else runWith(lockedNode());

/** Whether node_modules matches package-lock.json. */
function isInstalled() {
  const installedLock = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedLock)) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedLock, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, entry]) =>
      path === '' ||
      (installed[path] === undefined ? entry.optional : installed[path].version === entry.version),
  );
}

/** Runs `npm ci` and shows progress: one overwritten line on a terminal, a few lines elsewhere. */
async function install() {
  console.error('Installing the locked packages (npm ci); this takes about a minute …');
  const live = process.stderr.isTTY && process.env.CI === undefined;
  const packages = wantedHere();
  const showProgress = () => {
    const count = packages.filter((path) => existsSync(join(root, path, 'package.json'))).length;
    const text = `npm ci: ${count} of about ${packages.length} packages`;
    process.stderr.write(live ? `\r\x1b[K${text}` : `${text}\n`);
  };
  const timer = setInterval(showProgress, live ? 500 : 15_000);
  // npm would warn about an older Node, but Node 24 is one of the packages that it installs.
  const quiet = ['--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];
  const npm = spawn('npm', ['ci', ...quiet], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  const status = await new Promise((done, fail) => npm.on('error', fail).on('close', done));
  clearInterval(timer);
  if (live) process.stderr.write('\r\x1b[K');
  if (status !== 0) process.exit(status ?? 1);
}

/** Folders of the locked packages that are for this operating system and processor. */
function wantedHere() {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const fits = (list, current) => list === undefined || list.includes(current);
  return Object.entries(packages)
    .filter(([path, { os, cpu }]) => path && fits(os, process.platform) && fits(cpu, process.arch))
    .map(([path]) => path);
}

function lockedNode() {
  const node = join(
    root,
    'node_modules',
    '.bin',
    process.platform === 'win32' ? 'node.cmd' : 'node',
  );
  if (existsSync(node)) return node;
  console.error(
    `This command needs Node ${WANTED_NODE} or newer, not ${process.version}, and npm has ` +
      `no Node for ${process.platform} on ${process.arch}. Install Node from ` +
      'https://nodejs.org and run the command again.',
  );
  process.exit(1);
}

function runWith(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), script, ...args], {
    stdio: 'inherit',
  });
  // This process passes signals on and waits; the child decides how to end. ^C in a terminal
  // reaches the child twice, which it expects.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}
