/**
 * Runs one side-by-side benchmark of bench/.
 *
 *   node tools/bench.mjs classify|train-head [--folder F] [--weights W] [--rounds N]
 *   node tools/bench.mjs fine-tune [--weights W] [--rounds N] [--batch N] [--steps N] [--way train-on-batch|function]
 *   node tools/bench.mjs page|bootstrap [--rounds N]
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from './build.mjs';
import { requireNode, root, toolEnvironment } from './lib/node24.mjs';
import { preparePeerPython } from './lib/peer-python.mjs';

/** Whether the peer is Python Keras. */
const benches = {
  classify: true,
  'train-head': true,
  'fine-tune': true,
  page: false,
  bootstrap: false,
  'mlflow-live': false,
};
const [name, ...options] = process.argv.slice(2);
if (!Object.hasOwn(benches, name ?? '')) {
  process.stderr.write(`Choose a benchmark: ${Object.keys(benches).join(', ')}.\n`);
  process.exit(2);
}
const python = benches[name] ? preparePeerPython() : '';
if (python === undefined) process.exit(1);
await build();
const run = spawnSync(requireNode(), [join(root, 'bench', `${name}.ts`), ...options], {
  cwd: root,
  stdio: 'inherit',
  env: { ...toolEnvironment(), HILUM_PEER_PYTHON: python },
});
process.exit(run.status ?? 1);
