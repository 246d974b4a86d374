/**
 * Runs one side-by-side benchmark of bench/.
 *
 *   node tools/bench.mjs classify|train-head [--folder F] [--weights W] [--rounds N]
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from './build.mjs';
import { requireNode, root, toolEnvironment } from './lib/node24.mjs';
import { preparePeerPython } from './lib/peer-python.mjs';

const benches = ['classify', 'train-head'];
const [name, ...options] = process.argv.slice(2);
if (!benches.includes(name)) {
  process.stderr.write(`Choose a benchmark: ${benches.join(', ')}.\n`);
  process.exit(2);
}
const python = preparePeerPython();
if (python === undefined) process.exit(1);
await build();
const run = spawnSync(requireNode(), [join(root, 'bench', `${name}.ts`), ...options], {
  cwd: root,
  stdio: 'inherit',
  env: { ...toolEnvironment(), HILUM_PEER_PYTHON: python },
});
process.exit(run.status ?? 1);
