/**
 * Runs the command line from the repository: builds it when a source changed, prepares TensorFlow for commands that
 * train, and picks a Node that is new enough.
 *
 *   node tools/hilum.mjs COMMAND [options]
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { requireNode, root, runsOnThisNode, toolEnvironment } from './lib/node24.mjs';

const training = new Set(['demo', 'prepare', 'train', 'repro']);
const cli = join(root, 'out', 'main', 'cli.cjs');
const tensorflowBinding = join(root, 'node_modules', '@tensorflow', 'tfjs-node', 'lib', 'napi-v8', 'tfjs_binding.node');

// npm runs scripts in the root; paths on the command line mean the folder that the user is in.
const { INIT_CWD, npm_lifecycle_event: script } = process.env;
if (INIT_CWD !== undefined && ['hilum', 'demo'].includes(script) && `${process.cwd()}/` === root)
  process.chdir(INIT_CWD);

const words = process.argv.slice(2);
const node = requireNode();

if (!existsSync(join(root, 'node_modules', 'vite'))) {
  process.stderr.write('The packages are not installed. Run `npm install` first.\n');
  process.exit(2);
}
try {
  await build();
} catch (error) {
  process.stderr.write(`The build failed: ${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}
const command = words.find((word) => !word.startsWith('-'));
if (training.has(command) && !words.includes('--help') && !existsSync(tensorflowBinding)) {
  // Its own sentences say what is missing; the command then ends with the code for it.
  spawnSync(node, [join(root, 'tools', 'setup-tensorflow.mjs')], {
    stdio: ['ignore', 2, 2],
    env: toolEnvironment(),
  });
}

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
