import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../helpers/records.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const script = join(root, 'tools', 'hilum.mjs');

/** A Node of the system that is too old to run the program itself, where there is one. */
const oldNode = (process.env.PATH ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'node'))
  .filter((path) => existsSync(path) && !path.startsWith(root))
  .find((path) => /^v(18|20)\./.test(spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout ?? ''));

const run = (node: string, words: readonly string[], cwd?: string) =>
  spawnSync(node, [script, ...words], { encoding: 'utf8', ...(cwd === undefined ? {} : { cwd }) });

describe.each([
  ['this Node', process.execPath],
  ['a Node that is too old', oldNode],
])('tools/hilum.mjs on %s', (_name, node) => {
  it.skipIf(node === undefined)('runs the program in the current folder and hands on its exit code', () => {
    if (node === undefined) return;
    const folder = temporaryFolder();
    expect(run(node, ['--version']).stdout).toMatch(/^hilum \d/);
    expect(run(node, ['init', 'study'], folder).status).toBe(0);
    expect(existsSync(join(folder, 'study', 'params.yaml'))).toBe(true);
    const refused = run(node, ['init', 'study'], folder);
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain('config/exists');
  });
});
