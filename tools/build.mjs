/**
 * Builds out/main (command line, worker, app, its preload script) and out/renderer (the page) with Vite. A part whose
 * sources did not change is left as it is.
 *
 *   node tools/build.mjs [--force] [--only main|renderer]
 */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { root } from './lib/node24.mjs';

const outFolder = join(root, 'out');
/** A program that runs while we build still loads its own chunks lazily: they are kept so long. */
const staleChunkMs = 60 * 60 * 1000;
const ofEveryPart = ['tools/build.mjs', 'package.json', 'package-lock.json'];

/**
 * What is built by itself. `sources`: folders and files that decide it; `needs`: sources without which nothing is built;
 * `entries`: what must have been built;
 * `swap`: puts what was built aside in the place of what is there.
 */
const parts = [
  {
    name: 'main',
    sources: ['src', 'config'],
    isSource: (file) => !file.startsWith('src/renderer/'),
    needs: ['src/main/index.ts', 'src/main/preload.ts'],
    configs: ['vite.config.ts', 'vite.preload.config.ts'],
    entries: ['cli.cjs', 'worker.cjs', 'index.cjs', 'preload.cjs'],
    swap: swapFiles,
  },
  {
    name: 'renderer',
    sources: ['src/renderer', 'src/pipeline/domain', 'src/main/ipc', 'config/vite.renderer.config.ts'],
    isSource: () => true,
    needs: ['src/renderer/index.html'],
    configs: ['vite.renderer.config.ts'],
    entries: ['index.html'],
    swap: swapFolder,
  },
];

/**
 * @param only name of the one part that is wanted; left out: all
 * @returns true when something was built
 */
export async function build({ force = false, only } = {}) {
  const wanted = only === undefined ? parts : parts.filter(({ name }) => name === only);
  if (wanted.length === 0) throw new Error(`there is no part ${only}: ${parts.map(({ name }) => name).join(', ')}`);
  let hasBuilt = false;
  for (const part of wanted) hasBuilt = (await buildPart(part, force)) || hasBuilt;
  return hasBuilt;
}

async function buildPart(part, force) {
  for (const file of part.needs) {
    if (!existsSync(join(root, file))) throw new Error(`${file} is missing`);
  }
  const files = sourceFiles(part);
  const stats = Object.fromEntries(files.map((file) => [file, statLine(file)]));
  const stamp = readStamp(part);
  const entriesThere = part.entries.every((entry) => existsSync(join(outFolder, part.name, entry)));
  if (!force && entriesThere && stamp !== undefined) {
    if (JSON.stringify(stamp.stats) === JSON.stringify(stats)) return false;
    if (stamp.hash === contentHash(files)) {
      writeStamp(part, { hash: stamp.hash, stats });
      return false;
    }
  }
  const hash = contentHash(files);
  await bundle(part);
  writeStamp(part, { hash, stats });
  return true;
}

async function bundle(part) {
  const aside = join(outFolder, `.build-${part.name}-${randomUUID()}`);
  // Whoever builds from a test run must not get React's development build.
  const nodeEnv = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  try {
    const vite = await import('vite');
    for (const [index, config] of part.configs.entries()) {
      const configFile = join(root, 'config', config);
      await vite.build({ configFile, build: { outDir: aside, emptyOutDir: index === 0 } });
    }
    part.swap(part, aside);
  } finally {
    if (nodeEnv === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = nodeEnv;
    rmSync(aside, { recursive: true, force: true });
  }
}

/** Chunks first, entries last: whoever starts now sees the old program or the new one, whole. */
function swapFiles({ name: folderName, entries }, aside) {
  const folder = join(outFolder, folderName);
  mkdirSync(folder, { recursive: true });
  const built = readdirSync(aside);
  const order = [...built.filter((name) => !entries.includes(name)), ...entries];
  for (const name of order) renameSync(join(aside, name), join(folder, name));
  removeStaleChunks(folder, new Set(built));
}

/** Programs read the page as a whole at their start; only one moment between two renames finds none. */
function swapFolder({ name }, aside) {
  const folder = join(outFolder, name);
  const old = join(outFolder, `.build-${name}-${randomUUID()}`);
  try {
    if (existsSync(folder)) renameSync(folder, old);
    renameSync(aside, folder);
  } catch (error) {
    // Somebody else who builds was faster: the page that is there comes from the same sources.
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(error.code) || !existsSync(folder)) throw error;
  } finally {
    rmSync(old, { recursive: true, force: true });
  }
}

function removeStaleChunks(folder, current) {
  for (const name of readdirSync(folder)) {
    if (!name.endsWith('.cjs') || current.has(name)) continue;
    const path = join(folder, name);
    if (Date.now() - statSync(path).mtimeMs > staleChunkMs) rmSync(path, { force: true });
  }
}

/** Everything that decides a part, in a fixed order, relative to the root. */
function sourceFiles({ sources, isSource }) {
  return [...sources, ...ofEveryPart]
    .flatMap((source) => (statSync(join(root, source)).isDirectory() ? filesBelow(source) : [source]))
    .filter(isSource)
    .sort();
}

function filesBelow(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).split(sep).join('/'));
}

function statLine(file) {
  const { size, mtimeMs } = statSync(join(root, file));
  return `${size}:${mtimeMs}`;
}

function contentHash(files) {
  const hash = createHash('sha256');
  for (const file of files) {
    const bytes = readFileSync(join(root, file));
    hash.update(`${file}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

/** Beside the parts and not in them: what lies in out/renderer is served. */
function stampFile({ name }) {
  return join(outFolder, `.${name}.stamp.json`);
}

function readStamp(part) {
  try {
    return JSON.parse(readFileSync(stampFile(part), 'utf8'));
  } catch {
    return undefined;
  }
}

function writeStamp(part, stamp) {
  const temporary = `${stampFile(part)}.${randomUUID()}.tmp`;
  writeFileSync(temporary, JSON.stringify(stamp));
  renameSync(temporary, stampFile(part));
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({ options: { force: { type: 'boolean' }, only: { type: 'string' } } });
  const built = await build(values);
  process.stderr.write(`${values.only ?? 'all parts'}: ${built ? 'built' : 'up to date'}.\n`);
}
