/**
 * Runs the command line from the repository: builds it when a source changed, prepares TensorFlow for commands that
 * train, and picks a Node that is new enough.
 *
 *   node tools/hilum.mjs COMMAND [options]
 */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { join } from 'node:path';
import { requireNode, root, runsOnThisNode } from './lib/node24.mjs';
import { readyProgram, readyTensorflow } from './lib/ready.mjs';

const training = new Set(['demo', 'prepare', 'train', 'repro', 'serve']);
const cli = join(root, 'out', 'main', 'cli.cjs');

// npm runs scripts in the root; paths on the command line mean the folder that the user is in.
const { INIT_CWD, npm_lifecycle_event: script } = process.env;
if (INIT_CWD !== undefined && ['hilum', 'demo'].includes(script) && `${process.cwd()}/` === root)
  process.chdir(INIT_CWD);

const words = process.argv.slice(2);
const node = requireNode();

const command = words.find((word) => !word.startsWith('-'));
await readyProgram({ page: command === 'serve' });
if (training.has(command) && !words.includes('--help')) readyTensorflow(node);

if (runsOnThisNode) {
  process.argv = [process.execPath, cli, ...words];
  createRequire(import.meta.url)(cli);
} else {
  const child = spawn(node, [cli, ...words], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`Node could not be started: ${error.message}\n`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}
