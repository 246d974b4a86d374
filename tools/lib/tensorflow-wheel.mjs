/**
 * The TensorFlow wheel of PyPI: fetched with pip, verified, and reduced to two libraries and their headers in a cache folder.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { mkdir, readdir, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { say, Unavailable } from './setup-words.mjs';

export const tensorflowVersion = '2.21.0';
/** One wheel for any Python on the machine: pip is only asked to fetch it, Python never imports it. */
export const wheels = {
  'linux-x64': {
    platformTag: 'manylinux_2_27_x86_64',
    glibc: [2, 27],
    file: `tensorflow_cpu-${tensorflowVersion}-cp311-cp311-manylinux_2_27_x86_64.whl`,
    sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
  },
};
export const libraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];
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

/** @throws Unavailable where the C library is too old for the wheel */
export function requireGlibc([major, minor]) {
  const found = process.report.getReport().header.glibcVersionRuntime;
  const [foundMajor, foundMinor] = (found ?? '0.0').split('.').map(Number);
  if (foundMajor > major || (foundMajor === major && foundMinor >= minor)) return;
  throw new Unavailable(
    `The TensorFlow wheel needs glibc ${major}.${minor} or newer; this system has ${found ?? 'another C library'}.`,
  );
}

/** Whether a cache folder holds every file in the size it was unpacked with. */
export function libraryWhole(cache) {
  const note = join(cache, 'library.json');
  if (!existsSync(note)) return false;
  const sizes = JSON.parse(readFileSync(note, 'utf8'));
  return Object.entries(sizes).every(([name, bytes]) => {
    const path = join(cache, name);
    return existsSync(path) && statSync(path).size === bytes;
  });
}

/** Wheel → verified → libraries and headers → one rename into the cache. */
export async function unpackWheel(wheel, cache) {
  const python = requirePython();
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
