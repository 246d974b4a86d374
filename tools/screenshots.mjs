/**
 * Takes every screen of the page, on a study that is drawn and trained for it: both themes, two sizes.
 * Files are `<screen>-<theme>-<width>.png`.
 *
 *   node tools/screenshots.mjs [OUT] [--only SCREEN,…]      OUT: out/screenshots
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from './build.mjs';
import { requireNode, root, toolEnvironment } from './lib/node24.mjs';

await build();
const run = spawnSync(requireNode(), [join(root, 'tools/screenshots/take.ts'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: toolEnvironment(),
});
process.exit(run.status ?? 1);
