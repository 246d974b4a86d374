/**
 * Opens the app from the repository: in Electron where its binary can be had, else the same window in the browser.
 *
 *   node tools/start.mjs [options of the app, or of `hilum serve`]
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { requireNode, root, toolEnvironment } from './lib/node24.mjs';
import { readyProgram, readyTensorflowBeside } from './lib/ready.mjs';

/** A download of 120 MB over a slow line; after that the browser will do. */
const fetchMs = 10 * 60 * 1000;

const words = process.argv.slice(2);
const node = requireNode();
await readyProgram({ page: true });
const electron = electronPath();
const stopSetup = readyTensorflowBeside(node);
if (electron === undefined) startInBrowser();
else endWith(spawn(electron, [root, ...words], { stdio: 'inherit' }));

/**
 * The binary of the electron package, which fetches it when it is first asked for; undefined where it cannot be had.
 * In a process of its own: a failed download prints pages.
 */
function electronPath() {
  const folder = join(root, 'node_modules', 'electron');
  if (!existsSync(folder)) return undefined;
  const needsFetch = !existsSync(join(folder, 'path.txt')) && process.env.ELECTRON_OVERRIDE_DIST_PATH === undefined;
  if (needsFetch) process.stderr.write('Looking for Electron; the first time it is fetched (about 120 MB).\n');
  const script = `process.stdout.write('\\n' + require(${JSON.stringify(folder)}))`;
  const asked = spawnSync(node, ['--eval', script], {
    encoding: 'utf8',
    timeout: fetchMs,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: toolEnvironment(),
  });
  const path = asked.status === 0 ? asked.stdout.split('\n').at(-1) : undefined;
  return path !== undefined && existsSync(path) ? path : undefined;
}

function startInBrowser() {
  const cli = join(root, 'out', 'main', 'cli.cjs');
  const server = spawn(node, [cli, 'serve', '--open', '--json', ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
  // One JSON value on one line; an error is an object of several.
  createInterface({ input: server.stdout }).once('line', (line) => {
    const url = urlIn(line);
    if (url === undefined) return;
    process.stdout.write(`Electron is not installed here: opening the same window in your browser at ${url}\n`);
  });
  endWith(server);
}

function urlIn(line) {
  try {
    return JSON.parse(line).url;
  } catch {
    return undefined;
  }
}

/** Hands signals on and ends as the child ends. */
function endWith(child) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    stopSetup();
    process.stderr.write(`The program could not be started: ${error.message}\n`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    stopSetup();
    process.exit(code ?? 128 + (constants.signals[signal] ?? 0));
  });
}
