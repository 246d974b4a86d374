/**
 * Who may import whom, and a few calls that stand nowhere or in one place only. Prints file:line and the rule; exit 1.
 *
 *   node tools/check-imports.mjs [ROOT]
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, resolve, sep } from 'node:path';
import { root as repository } from './lib/node24.mjs';

const shared = ['src/pipeline/domain/', 'src/pipeline/disk/', 'src/pipeline/progress.ts', 'src/pipeline/protocol.ts'];
const shell = [
  'src/main/workspace/',
  'src/main/jobs/',
  'src/main/records/',
  'src/main/interop/',
  'src/main/batches/',
  'src/main/studies/',
  'src/main/models/',
  'src/main/doctor/',
  'src/main/keychain/',
  'src/main/registry/',
  'src/main/session/',
  'src/main/page/',
  'src/main/ipc/',
];

/** Libraries of each step: the one it wraps. */
const stepLibraries = {
  files: ['yauzl', 'papaparse', 'zod'],
  images: ['sharp', 'dicom-parser', /^@cornerstonejs\//, /^@itk-wasm\/image-io/, 'nifti-reader-js'],
  network: ['protobufjs', 'h5wasm', 'h5wasm/node', 'zod'],
  training: ['@tensorflow/tfjs-node', 'zod'],
  predictions: ['onnxruntime-node', '@tensorflow/tfjs-node', 'zod'],
  metrics: [],
  explain: ['onnxruntime-node', 'zod'],
  phantom: ['sharp'],
  reports: [],
};

const steps = Object.entries(stepLibraries).map(([step, packages]) => ({
  part: `src/pipeline/${step}/`,
  may: ['src/pipeline/domain/', 'src/pipeline/disk/', 'src/pipeline/progress.ts', ...packages],
  node: true,
}));

/**
 * The table: the first part that a file lies in counts. `may`: folders (with `/` at the end), files or packages besides the
 * part itself; `node`: Node's own modules.
 */
const table = [
  { part: 'src/pipeline/domain/', may: ['zod'], node: false },
  { part: 'src/pipeline/disk/', may: ['src/pipeline/domain/', 'papaparse', 'zod'], node: true },
  { part: 'src/pipeline/progress.ts', may: [], node: false },
  { part: 'src/pipeline/protocol.ts', may: ['src/pipeline/domain/', 'zod'], node: false },
  ...steps,
  { part: 'src/pipeline/stages/', may: ['src/pipeline/', 'zod'], node: true },
  { part: 'src/pipeline/worker.ts', may: ['src/pipeline/'], node: true },
  { part: 'src/pipeline/worker-channel.ts', may: ['src/pipeline/protocol.ts'], node: false },
  {
    part: 'src/main/records/',
    may: [...shared, 'src/main/workspace/lock.ts', 'src/main/workspace/disk-kind.ts', 'better-sqlite3', 'zod'],
    node: true,
  },
  { part: 'src/main/jobs/ports/utility-process.ts', may: [...shared, 'src/main/jobs/', 'electron'], node: true },
  { part: 'src/main/jobs/', may: [...shared, 'src/main/records/', 'zod'], node: true },
  { part: 'src/main/workspace/lock.ts', may: [...shared, 'src/main/workspace/', 'better-sqlite3'], node: true },
  { part: 'src/main/workspace/', may: [...shared, 'config/', 'package.json', 'js-yaml', 'yaml', 'zod'], node: true },
  {
    part: 'src/main/interop/',
    may: [
      ...shared,
      ...shell.filter((each) => !['src/main/ipc/', 'src/main/session/', 'src/main/page/'].includes(each)),
      // What a zip from elsewhere may be is decided in one place.
      'src/pipeline/files/sources/inspect.ts',
      'src/pipeline/files/sources/archive-limits.ts',
      'package.json',
      '@aws-sdk/client-s3',
      'protobufjs',
      'js-yaml',
      'yaml',
      'yauzl',
      'yazl',
      'zod',
    ],
    node: true,
  },
  // Secrets of this user in the keychain of the operating system.
  { part: 'src/main/keychain/', may: [...shared, '@napi-rs/keyring', 'zod'], node: true },
  // Work on batches, studies and models, as the command line and the page both ask for it.
  ...['batches', 'studies', 'models', 'doctor', 'registry'].map((name) => ({
    part: `src/main/${name}/`,
    may: [
      ...shared,
      ...shell.filter((each) => !['src/main/ipc/', 'src/main/session/', 'src/main/page/'].includes(each)),
      'package.json',
      'commander',
      'yaml',
      'zod',
    ],
    node: true,
  })),
  // What window and server share: which folders a page may name, its files and headers.
  { part: 'src/main/page/', may: [...shared, ...shell, 'zod'], node: true },
  { part: 'src/main/session/', may: [...shared, ...shell, 'zod'], node: true },
  { part: 'src/main/ipc/channels.ts', may: [], node: false },
  {
    part: 'src/main/ipc/contract.ts',
    may: [...shared, 'src/main/ipc/contract/', 'src/main/ipc/channels.ts', 'zod'],
    node: false,
  },
  { part: 'src/main/ipc/contract/', may: [...shared, 'zod'], node: false },
  { part: 'src/main/ipc/', may: [...shared, ...shell, 'zod'], node: true },
  {
    part: 'src/main/cli/',
    may: [
      ...shared,
      ...shell,
      'src/main/serve/',
      'package.json',
      'commander',
      'cli-progress',
      'papaparse',
      'yaml',
      'zod',
    ],
    node: true,
  },
  { part: 'src/main/serve/', may: [...shared, ...shell, 'ws', 'zod'], node: true },
  {
    part: 'src/main/preload.ts',
    typesOnly: ['src/main/ipc/contract.ts'],
    may: ['src/main/ipc/channels.ts', 'src/main/ipc/contract.ts', 'electron'],
    node: false,
  },
  { part: 'src/main/', may: ['src/main/', ...shared, 'electron', 'zod'], node: true },
  {
    part: 'src/renderer/',
    may: [
      'src/pipeline/domain/',
      'src/main/ipc/contract.ts',
      'zod',
      'radix-ui',
      'lucide-react',
      'tinykeys',
      'uplot',
      'react-resizable-panels',
      '@tanstack/react-virtual',
      /^react(-dom)?(\/|$)/,
      /^zustand(\/|$)/,
      /^uplot\/dist\/.*\.css$/,
    ],
    node: false,
    typesOnly: ['src/main/ipc/contract.ts'],
  },
  { part: 'src/types/', may: [/./], node: true },
];

/** Text that must not stand in the sources, with the places where it may. */
const forbidden = [
  {
    pattern: /\bshell\.(open|show|move|write|read|beep)\w*/,
    rule: 'no shell.*: nothing outside the program is opened [A5]',
  },
  {
    pattern: /\b(ipcRenderer|ipcMain)\b/,
    rule: 'page and core meet in two files only [N13]',
    except: ['src/main/preload.ts', 'src/main/app/page-calls.ts', 'src/main/app/electron-port.ts'],
  },
  { pattern: /\b(dangerouslySetInnerHTML|innerHTML|outerHTML)\b/, rule: 'text only, never markup from data [A7]' },
  { pattern: /(?<![.\w])eval\(|\bnew Function\(/, rule: 'no code from text [A7]' },
  {
    pattern: /['"`]\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|PRAGMA|BEGIN|VACUUM|ATTACH)\s|\.pragma\(/,
    rule: 'SQL stands only in src/main/records (and the lock)',
    // doctor asks SQLite for its version from a script that it runs in a process of its own.
    except: ['src/main/records/', 'src/main/workspace/lock.ts', 'src/main/doctor/packages.ts'],
  },
  { pattern: /\.transaction\((?!.*\)\.immediate\()/, rule: 'write transactions are .immediate() [E7]' },
];

const importPattern =
  /\b(?:import|export)\b[^'";]*?\bfrom\s*(['"])([^'"]+)\1|\bimport\s*\(\s*(['"])([^'"]+)\3|\brequire\s*\(\s*(['"])([^'"]+)\5|^\s*import\s+(['"])([^'"]+)\7/gm;

/** Every breach as `file:line: sentence`. */
export function breaches(root) {
  const found = [];
  for (const file of sourcesOf(root)) {
    const text = readFileSync(join(root, file), 'utf8');
    const lineAt = (index) => text.slice(0, index).split('\n').length;
    for (const match of text.matchAll(importPattern)) {
      const name = match[2] ?? match[4] ?? match[6] ?? match[8];
      const breach = importBreach(file, name, /^\s*(import|export)\s+type\b/.test(match[0]));
      if (breach !== undefined) found.push(`${file}:${lineAt(match.index + match[0].lastIndexOf(name))}: ${breach}`);
    }
    for (const { pattern, rule, except = [] } of forbidden) {
      if (except.some((place) => file.startsWith(place))) continue;
      for (const [index, line] of text.split('\n').entries()) {
        if (pattern.test(line)) found.push(`${file}:${index + 1}: ${rule}`);
      }
    }
  }
  return found;
}

function importBreach(file, name, isTypeImport) {
  const rule = table.find(({ part }) => file.startsWith(part));
  if (rule === undefined) return `no part of the import table holds this file`;
  if (name.startsWith('node:')) return rule.node ? undefined : `${rule.part} stays free of Node (${name})`;
  const target = name.startsWith('.')
    ? posix.join(dirname(file).split(sep).join('/'), name.replace(/\?\w+$/, ''))
    : name;
  if (rule.typesOnly?.includes(target) && !isTypeImport) return `${rule.part} may only import types of ${target}`;
  const allowed = [rule.part, ...rule.may].some((each) => covers(each, target));
  return allowed ? undefined : `${rule.part} may not import ${target}`;
}

function covers(allowed, target) {
  if (allowed instanceof RegExp) return allowed.test(target);
  return target === allowed || (allowed.endsWith('/') && target.startsWith(allowed));
}

function sourcesOf(root) {
  return readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).split(sep).join('/').replace(/^\//, ''))
    .sort();
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === join(repository, 'tools', 'check-imports.mjs')) {
  const found = breaches(resolve(process.argv[2] ?? repository));
  for (const line of found) process.stderr.write(`${line}\n`);
  if (found.length > 0)
    process.stderr.write(`${found.length} breaches of the import table (tools/check-imports.mjs).\n`);
  process.exitCode = found.length > 0 ? 1 : 0;
}
