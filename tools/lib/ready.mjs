/** What has to be there before the program runs from the repository. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from '../build.mjs';
import { root, toolEnvironment } from './node24.mjs';

const binding = join(root, 'node_modules', '@tensorflow', 'tfjs-node', 'lib', 'napi-v8', 'tfjs_binding.node');
const setup = join(root, 'tools', 'setup-tensorflow.mjs');

/** Builds what is out of date, or ends with a sentence. @param page whether the window is needed too */
export async function readyProgram({ page }) {
  if (!existsSync(join(root, 'node_modules', 'vite'))) {
    process.stderr.write('The packages are not installed. Run `npm install` first.\n');
    process.exit(2);
  }
  try {
    await build(page ? {} : { only: 'main' });
  } catch (error) {
    process.stderr.write(`The build failed: ${error instanceof Error ? error.message : error}\n`);
    process.exit(1);
  }
}

/** Prepares TensorFlow, which training needs. Its own sentences say what is missing; everything else goes on without. */
export function readyTensorflow(node) {
  if (!existsSync(binding)) spawnSync(node, [setup], setupOptions());
}

/** The same while the program already runs. @returns how to stop it */
export function readyTensorflowBeside(node) {
  if (existsSync(binding)) return () => undefined;
  const child = spawn(node, [setup], setupOptions());
  child.on('error', () => undefined);
  return () => child.kill();
}

const setupOptions = () => ({ stdio: ['ignore', 2, 2], env: toolEnvironment() });
