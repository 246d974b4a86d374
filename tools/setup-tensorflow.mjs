/**
 * Prepares libtensorflow for @tensorflow/tfjs-node, which training needs and classification never loads.
 *
 *   node tools/setup-tensorflow.mjs           prepares; progress and sentences on stderr; exit 0 when prepared, else 1
 *   node tools/setup-tensorflow.mjs --check   prints {prepared, source, library, reason} as JSON
 *
 * Order: what is already linked → the user's cache → the PyPI wheel (pip and a C++ compiler) → tfjs-node's own download.
 * The cache is shared by all checkouts of a user. Every step fills a temporary name and renames it, so two runs at
 * once, or a killed one, leave nothing half made.
 */
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { copyFile, cp, link, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bindingRevision, withStringLists } from './lib/binding-source.mjs';
import { say, Unavailable } from './lib/setup-words.mjs';
import {
  libraries,
  libraryWhole,
  requireGlibc,
  tensorflowVersion,
  unpackWheel,
  wheels,
} from './lib/tensorflow-wheel.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = `${process.platform}-${process.arch}`;
const tfjsNode = join(root, 'node_modules', '@tensorflow', 'tfjs-node');
const depsLib = join(tfjsNode, 'deps', 'lib');
const binding = join(tfjsNode, 'lib', 'napi-v8', 'tfjs_binding.node');
const marker = join(tfjsNode, 'deps', 'hilum.json');
const node24 = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');

if (process.argv.includes('--check')) {
  const state = check();
  process.stdout.write(`${JSON.stringify(state)}\n`);
  process.exitCode = state.prepared ? 0 : 1;
} else {
  process.exitCode = (await prepare()) ? 0 : 1;
}

/** What is there now, judged by loading it: {prepared, source, library, reason}. */
function check() {
  if (!existsSync(join(tfjsNode, 'package.json'))) {
    return missing('@tensorflow/tfjs-node is not installed: run `npm install`.');
  }
  if (!existsSync(binding)) return missing('libtensorflow is not prepared: run `npm run setup`.');
  const fault = loadFault();
  if (fault !== undefined) return missing(`The binding does not load (${fault}): run \`npm run setup\`.`);
  const note = existsSync(marker) ? JSON.parse(readFileSync(marker, 'utf8')) : {};
  return {
    prepared: true,
    source: note.source ?? 'tfjs-node',
    library: `libtensorflow ${note.version ?? 'of tfjs-node'}`,
    reason: null,
  };
}

function missing(reason) {
  return { prepared: false, source: null, library: null, reason };
}

/** First line of the loader's complaint, or undefined when the binding loads under the Node that the product runs on. */
function loadFault() {
  const node = existsSync(node24) ? node24 : process.execPath;
  const result = spawnSync(node, ['-e', 'require(process.argv[1])', binding], {
    encoding: 'utf8',
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2' },
    shell: process.platform === 'win32',
  });
  if (result.status === 0) return undefined;
  const line = (result.stderr ?? '').split('\n').find((each) => /Error:|error/.test(each));
  return (line ?? result.error?.message ?? `signal ${result.signal}`).trim();
}

async function prepare() {
  if (!existsSync(join(tfjsNode, 'package.json'))) {
    say('@tensorflow/tfjs-node is not installed. Run `npm install` first.');
    return false;
  }
  if (linkedAlready() && loadFault() === undefined) {
    say('TensorFlow is ready.');
    return true;
  }
  for (const way of [fromCacheOrWheel, fromTfjsNode]) {
    try {
      await way();
      const fault = loadFault();
      if (fault !== undefined) throw new Unavailable(`The binding was built but does not load: ${fault}.`);
      say('TensorFlow is ready.');
      return true;
    } catch (error) {
      if (!(error instanceof Unavailable)) say(`Unexpected: ${error instanceof Error ? error.message : error}`);
      else say(error.message);
    }
  }
  say('TensorFlow could not be prepared: training is not available on this machine until the above is mended.');
  say('Classification, evaluation and ingestion do not need TensorFlow and work at full speed.');
  return false;
}

function linkedAlready() {
  if (!existsSync(marker) || !existsSync(binding)) return false;
  const note = JSON.parse(readFileSync(marker, 'utf8'));
  const isCurrent = note.version === tensorflowVersion && note.binding === bindingRevision;
  return isCurrent && libraries.every((name) => existsSync(join(depsLib, name)));
}

/** The library and binding of the user's cache, made from the wheel when they are not there, linked into node_modules. */
async function fromCacheOrWheel() {
  const wheel = wheels[target];
  if (wheel === undefined) throw new Unavailable(`No TensorFlow wheel is pinned for ${target}; trying the next way.`);
  requireGlibc(wheel.glibc);
  const cache = join(await cacheFolder(), `tensorflow-${tensorflowVersion}`, target);
  if (libraryWhole(cache)) say('Using the TensorFlow library of your cache.');
  else {
    requireCompiler();
    await unpackWheel(wheel, cache);
  }
  const cachedBinding = await compiledBinding(cache);
  for (const name of libraries) await place(join(cache, 'lib', name), join(depsLib, name));
  await place(cachedBinding, binding, { copy: true });
  await writeWhole(marker, JSON.stringify({ source: 'wheel', version: tensorflowVersion, binding: bindingRevision }));
}

/** Per-user cache; the checkout's own node_modules/.cache where the home folder cannot be written. */
async function cacheFolder() {
  const perUser = {
    win32: () => process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'),
    darwin: () => join(homedir(), 'Library', 'Caches'),
  };
  const base = (perUser[process.platform] ?? (() => process.env.XDG_CACHE_HOME || join(homedir(), '.cache')))();
  const folder = join(base, 'hilum');
  try {
    await mkdir(folder, { recursive: true });
    const probe = join(folder, `.${randomUUID()}`);
    await writeFile(probe, '');
    await rm(probe);
    return folder;
  } catch {
    say('Your cache folder cannot be written; the library is kept in this checkout only.');
    return join(root, 'node_modules', '.cache', 'hilum');
  }
}

function requireCompiler() {
  for (const compiler of [process.env.CXX, 'g++', 'c++', 'clang++']) {
    if (compiler && spawnSync(compiler, ['--version']).status === 0) return compiler;
  }
  throw new Unavailable('A C++ compiler was not found. Install one: `apt-get install g++`.');
}

/** The binding for this version of tfjs-node, compiled once and kept beside the library. */
async function compiledBinding(cache) {
  const { version } = JSON.parse(readFileSync(join(tfjsNode, 'package.json'), 'utf8'));
  const compiled = join(cache, `tfjs_binding-${version}-${bindingRevision}.node`);
  if (existsSync(compiled)) return compiled;
  const compiler = requireCompiler();
  say('Compiling the binding (about 10 seconds).');
  const temporary = `${compiled}.${randomUUID()}.tmp`;
  const folder = join(tfjsNode, 'binding');
  const backend = `${temporary}.cc`;
  await writeFile(backend, withStringLists(readFileSync(join(folder, 'tfjs_backend.cc'), 'utf8')));
  const args = ['-std=c++17', '-O2', '-fPIC', '-shared', '-DNAPI_VERSION=8', '-w', '-I', nodeHeaders()];
  args.push('-I', folder, '-I', tfjsNode, '-I', join(cache, 'include'), backend, join(folder, 'tfjs_binding.cc'));
  args.push(...libraries.map((name) => join(cache, 'lib', name)), '-Wl,-rpath,$ORIGIN/../../deps/lib', '-o', temporary);
  const result = spawnSync(compiler, args, { encoding: 'utf8' });
  await rm(backend, { force: true });
  if (result.status !== 0) {
    await rm(temporary, { force: true });
    const line = (result.stderr ?? '').split('\n').find((each) => each.includes('error')) ?? '';
    throw new Unavailable(`The binding could not be compiled: ${line.trim()}`);
  }
  await rename(temporary, compiled);
  return compiled;
}

function nodeHeaders() {
  const candidates = [
    join(root, 'node_modules', `node-${target}`, 'include', 'node'),
    join(dirname(process.execPath), '..', 'include', 'node'),
    '/usr/include/node',
  ];
  const found = candidates.find((folder) => existsSync(join(folder, 'node_api.h')));
  if (found !== undefined) return found;
  throw new Unavailable('Node’s C headers were not found. Run `npm install` without `--omit=optional`.');
}

/**
 * Puts a cached file into node_modules: hard link (no disk, survives a cleared cache), else symbolic link, else copy.
 * The binding is always copied: Node resolves links before it looks for the libraries beside it.
 */
async function place(from, to, { copy = false } = {}) {
  const temporary = `${to}.${randomUUID()}.tmp`;
  await mkdir(dirname(to), { recursive: true });
  try {
    if (copy) await copyFile(from, temporary);
    else
      await link(from, temporary)
        .catch(() => symlink(from, temporary))
        .catch(() => copyFile(from, temporary));
    await rename(temporary, to);
  } finally {
    await rm(temporary, { force: true });
  }
}

async function writeWhole(path, text) {
  const temporary = `${path}.${randomUUID()}.tmp`;
  await writeFile(temporary, text);
  await rename(temporary, path);
}

/** tfjs-node's own installer, run in a copy so that a failure leaves the installed package as it was. */
async function fromTfjsNode() {
  say("Trying tfjs-node's own download (libtensorflow 2.9.1).");
  const trial = join(dirname(tfjsNode), `.tfjs-node.${randomUUID()}.tmp`);
  try {
    await cp(tfjsNode, trial, { recursive: true });
    await rm(join(trial, 'deps'), { recursive: true, force: true });
    const bins = [join(root, 'node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter);
    const result = spawnSync(process.execPath, [join(trial, 'scripts', 'install.js')], {
      cwd: trial,
      encoding: 'utf8',
      timeout: 600_000,
      env: { ...process.env, PATH: bins },
    });
    if (result.status !== 0 || !existsSync(join(trial, 'lib', 'napi-v8', 'tfjs_binding.node'))) {
      throw new Unavailable("tfjs-node's own download did not work on this machine.");
    }
    for (const folder of ['deps', 'lib']) {
      await rm(join(tfjsNode, folder), { recursive: true, force: true });
      await rename(join(trial, folder), join(tfjsNode, folder));
    }
  } finally {
    await rm(trial, { recursive: true, force: true });
  }
}
