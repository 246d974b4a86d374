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
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { copyFile, cp, link, mkdir, readdir, rename, rm, statfs, symlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const tensorflowVersion = '2.21.0';
/** One wheel for any Python on the machine: pip is only asked to fetch it, Python never imports it. */
const wheels = {
  'linux-x64': {
    platformTag: 'manylinux_2_27_x86_64',
    glibc: [2, 27],
    file: `tensorflow_cpu-${tensorflowVersion}-cp311-cp311-manylinux_2_27_x86_64.whl`,
    sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
  },
};
const libraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];
/** Exactly what binding/*.cc includes, directly or not. */
const headers = [
  'tensorflow/c/c_api.h',
  'tensorflow/c/c_api_macros.h',
  'tensorflow/c/eager/c_api.h',
  'tensorflow/c/tf_attrtype.h',
  'tensorflow/c/tf_buffer.h',
  'tensorflow/c/tf_datatype.h',
  'tensorflow/c/tf_status.h',
  'tensorflow/c/tf_tensor.h',
  'tensorflow/c/tf_tstring.h',
  'tensorflow/core/platform/ctstring.h',
  'tensorflow/core/platform/ctstring_internal.h',
  'tsl/platform/ctstring.h',
  'tsl/platform/ctstring_internal.h',
  'xla/tsl/c/tsl_status.h',
];
const neededDiskMb = 1600;

const root = fileURLToPath(new URL('..', import.meta.url));
const target = `${process.platform}-${process.arch}`;
const tfjsNode = join(root, 'node_modules', '@tensorflow', 'tfjs-node');
const depsLib = join(tfjsNode, 'deps', 'lib');
const binding = join(tfjsNode, 'lib', 'napi-v8', 'tfjs_binding.node');
const marker = join(tfjsNode, 'deps', 'hilum.json');
const node24 = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');

/** A reason why a way to the library is closed, said to the user; the next way is tried. */
class Unavailable extends Error {}

const say = (sentence) => process.stderr.write(`setup: ${sentence}\n`);

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
  return note.version === tensorflowVersion && libraries.every((name) => existsSync(join(depsLib, name)));
}

/** The library and binding of the user's cache, made from the wheel when they are not there, linked into node_modules. */
async function fromCacheOrWheel() {
  const wheel = wheels[target];
  if (wheel === undefined) throw new Unavailable(`No TensorFlow wheel is pinned for ${target}; trying the next way.`);
  requireGlibc(wheel.glibc);
  const cache = join(await cacheFolder(), `tensorflow-${tensorflowVersion}`, target);
  if (libraryWhole(cache)) say('Using the TensorFlow library of your cache.');
  else await unpackWheel(wheel, cache);
  const cachedBinding = await compiledBinding(cache);
  for (const name of libraries) await place(join(cache, 'lib', name), join(depsLib, name));
  await place(cachedBinding, binding, { copy: true });
  await writeWhole(marker, JSON.stringify({ source: 'wheel', version: tensorflowVersion }));
}

function requireGlibc([major, minor]) {
  const found = process.report.getReport().header.glibcVersionRuntime;
  const [foundMajor, foundMinor] = (found ?? '0.0').split('.').map(Number);
  if (foundMajor > major || (foundMajor === major && foundMinor >= minor)) return;
  throw new Unavailable(
    `The TensorFlow wheel needs glibc ${major}.${minor} or newer; this system has ${found ?? 'another C library'}.`,
  );
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

function libraryWhole(cache) {
  const note = join(cache, 'library.json');
  if (!existsSync(note)) return false;
  const sizes = JSON.parse(readFileSync(note, 'utf8'));
  return Object.entries(sizes).every(([name, bytes]) => {
    const path = join(cache, name);
    return existsSync(path) && statSync(path).size === bytes;
  });
}

/** Wheel → verified → libraries and headers → one rename into the cache. */
async function unpackWheel(wheel, cache) {
  const python = requirePython();
  requireCompiler();
  const staging = `${cache}.${randomUUID()}.tmp`;
  await mkdir(staging, { recursive: true });
  const stop = removeOnSignal(staging);
  try {
    await requireDisk(staging);
    const file = await download(python, wheel, join(staging, 'wheel'));
    say('Unpacking the two libraries and their headers.');
    extract(python, file, staging);
    await rm(join(staging, 'wheel'), { recursive: true });
    strip(staging);
    const members = [...libraries.map((name) => join('lib', name)), ...headers.map((name) => join('include', name))];
    const sizes = Object.fromEntries(members.map((name) => [name, statSync(join(staging, name)).size]));
    await writeFile(join(staging, 'library.json'), JSON.stringify(sizes));
    await moveInto(staging, cache);
  } finally {
    stop();
    await rm(staging, { recursive: true, force: true });
  }
}

/** Another run may have finished first: its folder is as good as ours. A damaged one is put aside and replaced. */
async function moveInto(staging, cache) {
  if (existsSync(cache)) {
    if (libraryWhole(cache)) return;
    const broken = `${cache}.${randomUUID()}.old`;
    await rename(cache, broken);
    await rm(broken, { recursive: true, force: true });
  }
  try {
    await rename(staging, cache);
  } catch (error) {
    if (!libraryWhole(cache)) throw error;
  }
}

function removeOnSignal(folder) {
  const onSignal = () => {
    try {
      execFileSync('rm', ['-rf', folder]);
    } finally {
      process.exit(130);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, onSignal);
  return () => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.removeListener(signal, onSignal);
  };
}

function requirePython() {
  for (const python of ['python3', 'python']) {
    if (spawnSync(python, ['-m', 'pip', '--version']).status === 0) return python;
  }
  throw new Unavailable('Python with pip was not found. Install it: `apt-get install python3-pip`.');
}

function requireCompiler() {
  for (const compiler of [process.env.CXX, 'g++', 'c++', 'clang++']) {
    if (compiler && spawnSync(compiler, ['--version']).status === 0) return compiler;
  }
  throw new Unavailable('A C++ compiler was not found. Install one: `apt-get install g++`.');
}

async function requireDisk(folder) {
  const { bavail, bsize } = await statfs(folder);
  const freeMb = Math.floor((bavail * bsize) / 2 ** 20);
  if (freeMb >= neededDiskMb) return;
  throw new Unavailable(
    `${neededDiskMb} MB of free disk are needed for TensorFlow, ${freeMb} MB are left. Free some space.`,
  );
}

async function download(python, wheel, folder) {
  await mkdir(folder, { recursive: true });
  say(`Downloading tensorflow-cpu ${tensorflowVersion} from PyPI (274 MB, once per user).`);
  const args = ['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--no-cache-dir', '--quiet'];
  args.push('--disable-pip-version-check', '--implementation', 'cp', '--python-version', '3.11', '--abi', 'cp311');
  args.push('--platform', wheel.platformTag, '--dest', folder, `tensorflow-cpu==${tensorflowVersion}`);
  // TMPDIR: pip's partial file then lies where its growth can be watched, and leaves with the staging folder.
  const pip = spawn(python, args, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, TMPDIR: folder } });
  let words = '';
  pip.stderr.on('data', (piece) => {
    words += piece;
  });
  const started = Date.now();
  const heartbeat = setInterval(() => {
    void folderMb(folder).then((mb) => say(`  ${mb} of 274 MB after ${Math.round((Date.now() - started) / 1000)} s`));
  }, 5000);
  const status = await new Promise((resolve) => {
    pip.once('error', () => resolve(-1));
    pip.once('exit', resolve);
  });
  clearInterval(heartbeat);
  const file = join(folder, wheel.file);
  if (status !== 0 || !existsSync(file)) {
    const last = words.trim().split('\n').at(-1) ?? '';
    throw new Unavailable(
      `pip could not download the wheel${last ? ` (${last})` : ''}. Check the network or pip's index.`,
    );
  }
  const actual = await sha256(file);
  if (actual === wheel.sha256) return file;
  throw new Unavailable(`The wheel's SHA-256 is ${actual}, expected ${wheel.sha256}. It was not used.`);
}

async function folderMb(folder) {
  let bytes = 0;
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    if (entry.isFile() && existsSync(path)) bytes += statSync(path).size;
  }
  return Math.round(bytes / 1e6);
}

async function sha256(file) {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file)) hash.update(piece);
  return hash.digest('hex');
}

/** Python's zipfile is there wherever pip is. Members are named one by one: nothing else leaves the archive. */
function extract(python, wheel, folder) {
  const members = [
    ...libraries.map((name) => [`tensorflow/${name}`, `lib/${name}`]),
    ...headers.map((name) => [`tensorflow/include/${name}`, `include/${name}`]),
  ];
  const script = [
    'import json, os, shutil, sys, zipfile',
    'wheel, folder, members = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])',
    'with zipfile.ZipFile(wheel) as archive:',
    '    for member, name in members:',
    '        path = os.path.join(folder, name)',
    '        os.makedirs(os.path.dirname(path), exist_ok=True)',
    '        with archive.open(member) as source, open(path, "wb") as out:',
    '            shutil.copyfileobj(source, out, 1 << 20)',
  ].join('\n');
  execFileSync(python, ['-c', script, wheel, folder, JSON.stringify(members)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** Symbols for debuggers are a quarter of the library; without `strip` it only stays larger. */
function strip(folder) {
  for (const name of libraries) spawnSync('strip', ['--strip-unneeded', join(folder, 'lib', name)]);
}

/** The binding for this version of tfjs-node, compiled once and kept beside the library. */
async function compiledBinding(cache) {
  const { version } = JSON.parse(readFileSync(join(tfjsNode, 'package.json'), 'utf8'));
  const compiled = join(cache, `tfjs_binding-${version}.node`);
  if (existsSync(compiled)) return compiled;
  const compiler = requireCompiler();
  say('Compiling the binding (about 10 seconds).');
  const temporary = `${compiled}.${randomUUID()}.tmp`;
  const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => join(tfjsNode, 'binding', name));
  const args = ['-std=c++17', '-O2', '-fPIC', '-shared', '-DNAPI_VERSION=8', '-w', '-I', nodeHeaders()];
  args.push('-I', tfjsNode, '-I', join(cache, 'include'), ...sources);
  args.push(...libraries.map((name) => join(cache, 'lib', name)), '-Wl,-rpath,$ORIGIN/../../deps/lib', '-o', temporary);
  const result = spawnSync(compiler, args, { encoding: 'utf8' });
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
