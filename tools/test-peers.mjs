// Runs the tests against real peers (scikit-learn, Keras, MLflow, DVC ...) in virtual environments of the user's cache.
// Last line: `peers: N passed, N failed, N skipped`. Plain ESM that Node 20 can start.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireNode, root, toolEnvironment } from './lib/node24.mjs';
import { peerSets, preparePeerPython } from './lib/peer-python.mjs';

const pythons = {};
for (const variable of Object.keys(peerSets)) {
  const python = preparePeerPython(variable);
  if (python !== undefined) pythons[variable] = python;
}
process.exitCode = runTests();

/** @returns exit code */
function runTests() {
  const folder = mkdtempSync(join(tmpdir(), 'hilum-peers-'));
  const report = join(folder, 'report.json');
  try {
    const run = spawnSync(
      requireNode(),
      [
        join(root, 'node_modules/vitest/vitest.mjs'),
        'run',
        '--config',
        join(root, 'config/vitest.peers.config.ts'),
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report}`,
      ],
      {
        cwd: root,
        stdio: 'inherit',
        env: { ...toolEnvironment(), ...pythons },
      },
    );
    if (!existsSync(report)) {
      console.log('peers: vitest ended without a report.');
      console.log('peers: 0 passed, 1 failed, 0 skipped');
      return run.status || 1;
    }
    return close(JSON.parse(readFileSync(report, 'utf8')), run.status);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function close(report, status) {
  // A file that cannot be loaded has no tests of its own and still is a failure.
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  const failed = report.numFailedTests + brokenFiles.length;
  const skipped = report.numPendingTests + report.numTodoTests;
  console.log(`peers: ${report.numPassedTests} passed, ${failed} failed, ${skipped} skipped`);
  return failed > 0 ? 1 : (status ?? 1);
}
