import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, it } from 'vitest';
import { buildHilum } from '../../helpers/hilum.ts';
import { temporaryFolder } from '../../helpers/records.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const out = join(root, 'out');

beforeAll(buildHilum);

/** Runs a built program and gives the names that it asked `require` for. */
function required(program: string, words: readonly string[]): string[] {
  const folder = temporaryFolder();
  const list = join(folder, 'required.json');
  const spy = join(folder, 'spy.cjs');
  writeFileSync(
    spy,
    `const Module = require('node:module'); const load = Module._load; const names = [];
     Module._load = (name, ...rest) => { names.push(name); return load(name, ...rest); };
     process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(list)}, JSON.stringify(names)));`,
  );
  execFileSync(process.execPath, ['--require', spy, join(out, 'main', program), ...words], { stdio: 'ignore' });
  const names: unknown = JSON.parse(readFileSync(list, 'utf8'));
  return Array.isArray(names) ? names.map((name) => basename(String(name))) : [];
}

it('every part is built: command line, worker, app, its preload script, the page', () => {
  execFileSync(process.execPath, [join(root, 'tools', 'build.mjs')], { stdio: ['ignore', 'ignore', 'inherit'] });
  const files = ['main/cli.cjs', 'main/worker.cjs', 'main/index.cjs', 'main/preload.cjs', 'renderer/index.html'];
  expect(files.filter((file) => !existsSync(join(out, file)))).toEqual([]);
});

it('the command line loads neither Electron nor the window nor engines to say what it can do', () => {
  const names = required('cli.cjs', ['--help']);
  const heavy = /^(electron|react|index\.cjs|preload\.cjs|sharp|onnxruntime-node|better-sqlite3|ws|@tensorflow.*)$/;
  expect(names.filter((name) => heavy.test(name))).toEqual([]);
});

it('[A12] the app needs only Electron and Node before it holds the lock: records and engines come later', () => {
  const code = readFileSync(join(out, 'main', 'index.cjs'), 'utf8');
  const packages = [...code.matchAll(/require\("([^"./][^"]*)"\)/g)].map(([, name]) => name ?? '');
  expect(packages.filter((name) => !name.startsWith('node:') && name !== 'electron')).toEqual([]);
});
