// Pythons with the real peers (scikit-learn, Keras, MLflow, DVC ...), each set in a virtual environment of the user's cache.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from './node24.mjs';

const onWindows = process.platform === 'win32';

/** What pins of one tool would break another keeps apart: the variable that names the Python, and what it has. */
export const peerSets = {
  HILUM_PEER_PYTHON: 'tests/peers/requirements.txt',
  HILUM_PEER_MLFLOW: 'tests/peers/requirements-mlflow.txt',
  HILUM_PEER_DVC: 'tests/peers/requirements-dvc.txt',
};

/**
 * The Python that the variable names when it is set, else one of our own with every requirement of its set.
 * @returns its path, or undefined after saying what is missing
 */
export function preparePeerPython(variable = 'HILUM_PEER_PYTHON') {
  if (process.env[variable] !== undefined) return process.env[variable];
  const list = peerSets[variable];
  const requirements = join(root, list);
  const found = ['python3', 'python'].map(describePython).find((each) => each !== undefined);
  if (found === undefined) return unavailable('Python is not installed (python3 was looked for on PATH)');
  const hash = createHash('sha256').update(readFileSync(requirements)).update(found.version).digest('hex').slice(0, 16);
  const folder = join(userCache(), 'hilum', `peers-${hash}`);
  const venvPython = join(folder, onWindows ? 'Scripts/python.exe' : 'bin/python');
  const complete = join(folder, 'complete');
  if (existsSync(complete) && existsSync(venvPython)) return venvPython;

  console.log(`peers: installing ${list} into the user cache (first time only, some minutes)`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  if (!succeeds(found.command, ['-m', 'venv', folder])) {
    return unavailable('Python has no working venv module (on Debian: apt install python3-venv)');
  }
  if (!succeeds(venvPython, ['-m', 'pip', '--version']))
    return unavailable('pip is missing in the virtual environment');
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements];
  if (!succeeds(venvPython, install)) {
    return unavailable(`pip could not install ${list} with Python ${found.version} (3.11 or newer, network)`);
  }
  writeFileSync(complete, `${found.version}\n`);
  return venvPython;
}

function describePython(command) {
  const asked = spawnSync(command, ['-c', 'import platform; print(platform.python_version())'], { encoding: 'utf8' });
  return asked.status === 0 ? { command, version: asked.stdout.trim() } : undefined;
}

function unavailable(sentence) {
  console.log(`peers: ${sentence}. Nothing can be compared with Python.`);
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
