// Runs the tests against real peers (scikit-learn, pydicom, Keras) in a virtual environment of the user's cache.
// Last line: `peers: N passed, N failed, N skipped`. Plain ESM that Node 20 can start.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { requireNode, root, toolEnvironment } from './lib/node24.mjs';

const requirements = join(root, 'tests/peers/requirements.txt');
const onWindows = process.platform === 'win32';

const python = process.env.HILUM_PEER_PYTHON ?? preparePython();
process.exitCode = runTests(python);

/** @returns path of a Python with every requirement, or undefined after saying what is missing */
function preparePython() {
  const found = ['python3', 'python'].map(describePython).find((each) => each !== undefined);
  if (found === undefined) return skipAll('Python is not installed (python3 was looked for on PATH)');
  const hash = createHash('sha256').update(readFileSync(requirements)).update(found.version).digest('hex').slice(0, 16);
  const folder = join(userCache(), 'hilum', `peers-${hash}`);
  const venvPython = join(folder, onWindows ? 'Scripts/python.exe' : 'bin/python');
  const complete = join(folder, 'complete');
  if (existsSync(complete) && existsSync(venvPython)) return venvPython;

  console.log('peers: installing tests/peers/requirements.txt into the user cache (first time only, some minutes)');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  if (!succeeds(found.command, ['-m', 'venv', folder])) {
    return skipAll('Python has no working venv module (on Debian: apt install python3-venv)');
  }
  if (!succeeds(venvPython, ['-m', 'pip', '--version'])) return skipAll('pip is missing in the virtual environment');
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements];
  if (!succeeds(venvPython, install)) {
    return skipAll(
      `pip could not install tests/peers/requirements.txt with Python ${found.version} (3.11 or newer, network)`,
    );
  }
  writeFileSync(complete, `${found.version}\n`);
  return venvPython;
}

function describePython(command) {
  const asked = spawnSync(command, ['-c', 'import platform; print(platform.python_version())'], { encoding: 'utf8' });
  return asked.status === 0 ? { command, version: asked.stdout.trim() } : undefined;
}

function skipAll(sentence) {
  console.log(`peers: ${sentence}. All peer tests are skipped.`);
  return undefined;
}

/** Output of the command is shown only when it fails. */
function succeeds(command, args) {
  const done = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 64 * 2 ** 20 });
  if (done.status === 0) return true;
  console.log(`${done.stdout ?? ''}${done.stderr ?? ''}`.trim().split('\n').slice(-20).join('\n'));
  return false;
}

function userCache() {
  if (onWindows) return process.env.LOCALAPPDATA ?? join(homedir(), 'AppData/Local');
  if (process.platform === 'darwin') return join(homedir(), 'Library/Caches');
  return process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
}

/** @returns exit code */
function runTests(peerPython) {
  const folder = mkdtempSync(join(tmpdir(), 'hilum-peers-'));
  const report = join(folder, 'report.json');
  const { HILUM_PEER_PYTHON: _unset, ...environment } = toolEnvironment();
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
        env: peerPython === undefined ? environment : { ...environment, HILUM_PEER_PYTHON: peerPython },
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
