/**
 * Builds out/main/cli.cjs and out/main/worker.cjs with Vite; does nothing when no source changed.
 *
 *   node tools/build.mjs [--force]
 */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './lib/node24.mjs';

const outFolder = join(root, 'out', 'main');
const stampFile = join(outFolder, '.stamp.json');
const entries = ['cli.cjs', 'worker.cjs'];
/** A program that runs while we build still loads its own chunks lazily: they are kept so long. */
const staleChunkMs = 60 * 60 * 1000;

/** @returns true when something was built */
export async function build({ force = false } = {}) {
  const files = sourceFiles();
  const stats = Object.fromEntries(files.map((file) => [file, statLine(file)]));
  const stamp = readStamp();
  const entriesThere = entries.every((entry) => existsSync(join(outFolder, entry)));
  if (!force && entriesThere && stamp !== undefined) {
    if (JSON.stringify(stamp.stats) === JSON.stringify(stats)) return false;
    if (stamp.hash === contentHash(files)) {
      writeStamp({ hash: stamp.hash, stats });
      return false;
    }
  }
  const hash = contentHash(files);
  await bundle();
  writeStamp({ hash, stats });
  return true;
}

async function bundle() {
  const aside = join(root, 'out', `.build-${randomUUID()}`);
  try {
    const vite = await import('vite');
    await vite.build({ configFile: join(root, 'config', 'vite.config.ts'), build: { outDir: aside } });
    mkdirSync(outFolder, { recursive: true });
    const built = readdirSync(aside);
    // Chunks first, entries last: whoever starts now sees the old program or the new one, whole.
    const order = [...built.filter((name) => !entries.includes(name)), ...entries];
    for (const name of order) renameSync(join(aside, name), join(outFolder, name));
    removeStaleChunks(new Set(built));
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

function removeStaleChunks(current) {
  for (const name of readdirSync(outFolder)) {
    if (!name.endsWith('.cjs') || current.has(name)) continue;
    const path = join(outFolder, name);
    if (Date.now() - statSync(path).mtimeMs > staleChunkMs) rmSync(path, { force: true });
  }
}

/** Everything that decides the bundle, in a fixed order, relative to the root. */
function sourceFiles() {
  const below = (folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length));
  return [...below('src'), 'config/vite.config.ts', 'tools/build.mjs', 'package.json', 'package-lock.json']
    .map((file) => file.split(sep).join('/'))
    .sort();
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

function readStamp() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'));
  } catch {
    return undefined;
  }
}

function writeStamp(stamp) {
  const temporary = `${stampFile}.${randomUUID()}.tmp`;
  writeFileSync(temporary, JSON.stringify(stamp));
  renameSync(temporary, stampFile);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const built = await build({ force: process.argv.includes('--force') });
  process.stderr.write(built ? 'Built out/main.\n' : `out/main is up to date.\n`);
}
