/**
 * Everything that says yes or no: types, lint, import table, build, then the tests. Each check that fails counts as one
 * failure. Last line: `N passed, N failed, N skipped`.
 *
 *   node tools/test.mjs [vitest arguments, for example tests/cli]
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from './lib/find-browser.mjs';
import { requireNode, root, toolEnvironment } from './lib/node24.mjs';
import { closingLine, countsOf } from './lib/vitest-report.mjs';

const node = requireNode();
const bin = (path) => join(root, 'node_modules', path);

const checks = [
  { name: 'types', args: [bin('typescript/bin/tsc'), '--noEmit', '-p', 'config/tsconfig.node.json'] },
  { name: 'types of the page', args: [bin('typescript/bin/tsc'), '--noEmit', '-p', 'config/tsconfig.web.json'] },
  {
    name: 'lint',
    args: [bin('@biomejs/biome/bin/biome'), 'check', '--config-path', 'config/lint.json', '--error-on-warnings', '.'],
  },
  { name: 'imports', args: ['tools/check-imports.mjs'] },
  { name: 'build', args: ['tools/build.mjs'] },
];

const browser = await findBrowser();
console.log(
  browser === undefined
    ? '== browser: none was found; the specs of the page report themselves as skipped (HILUM_BROWSER_INSTALL=1 fetches one)'
    : `== browser: ${browser.path} (${browser.from})`,
);

// The tests of training need TensorFlow. Where it cannot be prepared its own sentences say what is missing.
console.log('== TensorFlow');
run(['tools/setup-tensorflow.mjs']);

const failedChecks = checks.filter(({ name, args }) => {
  console.log(`== ${name}`);
  return run(args) !== 0;
});

console.log('== tests');
const folder = mkdtempSync(join(tmpdir(), 'hilum-test-'));
try {
  const report = join(folder, 'report.json');
  const vitest = [bin('vitest/vitest.mjs'), 'run', '--config', 'config/vitest.config.ts'];
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const status = run([...vitest, ...reporters, ...process.argv.slice(2)]);
  const counts = countsOf(report);
  // An error outside any test (an unhandled rejection) fails the run without failing a test.
  if (status !== 0 && counts.failed === 0) counts.failed = 1;
  counts.failed += failedChecks.length;
  for (const { name } of failedChecks) console.log(`FAILED: ${name}`);
  console.log(closingLine(counts));
  process.exitCode = counts.failed > 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function run(args) {
  const env = { ...toolEnvironment(), HILUM_BROWSER: browser?.path ?? '' };
  return spawnSync(node, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env }).status ?? 1;
}
