import { spawnSync } from 'node:child_process';
import { appendFile, chmod, cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildHilum } from '../helpers/hilum.ts';
import { cliFile, hilumIn, jsonOf, makeStudy, newFolder, readCsv, setParams, treeOf } from './phantom-study.ts';

let folder: string;
/** Every stage up to prepare has run, so that each command could go on at once. */
let study: string;

beforeAll(async () => {
  buildHilum();
  folder = newFolder('bad-config');
  study = await makeStudy(folder);
  for (const stage of ['ingest', 'split', 'prepare']) await jsonOf(study, stage);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let copies = 0;
async function copied(): Promise<string> {
  const copy = join(folder, `copy-${++copies}`);
  await cp(study, copy, { recursive: true });
  return copy;
}

/** Caches and the lock are no result; records are compared by what they list. */
const notAResult = /^(\.hilum|\.user-data)(\/|$)/;

/** Runs a command that must be refused; nothing that people or later stages read may have changed. */
async function refusal(workspace: string, ...words: string[]): Promise<string> {
  const before = await treeOf(workspace, notAResult);
  const { code, stdout, stderr } = await hilumIn(workspace, ...words);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(await treeOf(workspace, notAResult)).toEqual(before);
  return stderr;
}

async function lineOf(path: string, text: string): Promise<number> {
  return (await readFile(path, 'utf8')).split('\n').findIndex((line) => line.includes(text)) + 1;
}

describe('params.yaml', () => {
  it('an unknown key: file, line, key and the nearest valid one, in every stage', async () => {
    const copy = await copied();
    const path = join(copy, 'params.yaml');
    await writeFile(path, (await readFile(path, 'utf8')).replace('learning_rate:', 'learnig_rate:'));
    const line = await lineOf(path, 'learnig_rate');
    for (const stage of ['ingest', 'split', 'prepare', 'train', 'evaluate', 'repro']) {
      const words = await refusal(copy, stage);
      expect(words).toContain(`params.yaml, line ${line}: unknown key "training.learnig_rate"`);
      expect(words).toContain('Did you mean "training.learning_rate"?');
      expect(words).toContain('config/unknown-key');
    }
  });

  it('an unknown key at the top', async () => {
    const copy = await copied();
    await appendFile(join(copy, 'params.yaml'), 'spilt:\n  test: 0.3\n');
    const line = await lineOf(join(copy, 'params.yaml'), 'spilt:');
    expect(await refusal(copy, 'split')).toContain(`line ${line}: unknown key "spilt". Did you mean "split"?`);
  });

  it('a wrong type and a value out of range', async () => {
    const copy = await copied();
    await setParams(copy, { epochs: 'many' });
    const line = await lineOf(join(copy, 'params.yaml'), 'epochs: many');
    expect(await refusal(copy, 'train')).toContain(
      `params.yaml, line ${line}: training.epochs: expected number, got "many"`,
    );
    await setParams(copy, { epochs: '0' });
    expect(await refusal(copy, 'train')).toContain('training.epochs: expected at least 1, got 0');
    await setParams(copy, { epochs: '5', resize: 'bilinaer' });
    const words = await refusal(copy, 'prepare');
    expect(words).toContain(
      'image.resize: expected one of area, bilinear, nearest, bilinear-plain, bilinear-corner, nearest-corner, nearest-pillow, bicubic, got "bilinaer"',
    );
    expect(words).toContain('Did you mean "bilinear"?');
  });

  it('a backbone and a feature level that do not exist', async () => {
    const copy = await copied();
    const path = join(copy, 'params.yaml');
    await setParams(copy, { name: 'mobilnet-v2' });
    expect(await refusal(copy, 'prepare')).toContain(
      `params.yaml, line ${await lineOf(path, 'name: mobilnet-v2')}: backbone.name: Backbone "mobilnet-v2" is not known. Did you mean "mobilenet-v2"?`,
    );
    await setParams(copy, { name: 'efficientnet-lite0', features: '[blok3]' });
    const words = await refusal(copy, 'prepare');
    expect(words).toContain(`line ${await lineOf(path, 'features: [blok3]')}: backbone.features: "blok3"`);
    expect(words).toContain('Did you mean "block3"?');
  });

  it('a syntax error of YAML, with its line', async () => {
    const copy = await copied();
    await setParams(copy, { seed: '[7' });
    const words = await refusal(copy, 'train');
    expect(words).toMatch(/params\.yaml, line \d+: not valid YAML/);
    expect(words).toContain('config/syntax');
  });
});

describe('config.yaml', () => {
  it('an unknown key', async () => {
    const copy = await copied();
    await appendFile(join(copy, 'config.yaml'), 'clases: [Cyst, Normal]\n');
    const line = await lineOf(join(copy, 'config.yaml'), 'clases:');
    expect(await refusal(copy, 'ingest')).toContain(
      `config.yaml, line ${line}: unknown key "clases". Did you mean "classes"?`,
    );
  });

  it('a class without images, with the nearest class that has some', async () => {
    const copy = await copied();
    await appendFile(join(copy, 'config.yaml'), 'classes: [Cyst, Normal, Stone, Tumour]\n');
    const words = await refusal(copy, 'ingest');
    const line = await lineOf(join(copy, 'config.yaml'), 'classes: [Cyst, Normal, Stone, Tumour]');
    expect(words).toContain(`config.yaml, line ${line}: classes: Class "Tumour"`);
    expect(words).toMatch(/Did you mean "Tumor"\?/);
  });

  it('a source that is not there', async () => {
    const copy = await copied();
    const path = join(copy, 'config.yaml');
    await writeFile(path, (await readFile(path, 'utf8')).replace(/^source: .*$/m, 'source: ../imagse'));
    expect(await refusal(copy, 'ingest')).toContain('source/missing');
  });

  it('dvc.yaml that runs another program', async () => {
    const copy = await copied();
    const path = join(copy, 'dvc.yaml');
    await writeFile(path, (await readFile(path, 'utf8')).replace('cmd: hilum split', 'cmd: python split.py'));
    await rm(join(copy, 'dvc.lock'));
    const words = (await hilumIn(copy, 'repro')).stderr;
    expect(words).toContain('dvc.yaml');
    expect(words).toContain('stages.split.cmd');
  });
});

describe('data that cannot be used', () => {
  it('one scan only in a class: the class and what is needed are named, no split is written', async () => {
    await jsonOf(folder, 'phantom', 'few', '--scans', '3', '--slices', '4', '--size', '128', '--format', 'dicom');
    await keepOnePatient(join(folder, 'few'), 'Stone');
    await jsonOf(folder, 'init', 'few-study', '--source', 'few');
    const few = join(folder, 'few-study');
    await jsonOf(few, 'ingest');
    const words = await refusal(few, 'split');
    expect(words).toContain('split/single-group');
    expect(words).toContain('"Stone" has 1 patient group');
  });

  it('all files refused, and stages in the wrong order', async () => {
    await mkdir(join(folder, 'junk/Cyst'), { recursive: true });
    await writeFile(join(folder, 'junk/Cyst/a.png'), 'junk');
    await jsonOf(folder, 'init', 'junk-study', '--source', 'junk');
    const junk = join(folder, 'junk-study');
    expect(await refusal(junk, 'ingest')).toContain('dataset/all-refused');
    for (const stage of ['split', 'prepare', 'train', 'evaluate']) {
      expect(await refusal(junk, stage)).toContain('Run `hilum');
    }
  });
});

/** Leaves the files of one patient in a class; the truth table says whose they are. */
async function keepOnePatient(images: string, name: string): Promise<void> {
  const rows = (await readCsv(`${images}.truth.csv`)).filter((row) => row.class === name);
  const [first] = rows;
  for (const { file = '', group } of rows) if (group !== first?.group) await rm(join(images, file));
}

/** Root may write everywhere: these tests run the program as nobody. */
const nobody = '65534';
const asNobody = ['--reuid', nobody, '--regid', nobody, '--clear-groups', process.execPath];
const canDrop =
  process.getuid?.() === 0 && spawnSync('setpriv', [...asNobody, '--eval', '0'], { stdio: 'ignore' }).status === 0;
const isRoot = process.getuid?.() === 0;
if (isRoot && !canDrop) {
  console.warn('SKIPPED: running as root without setpriv; folders that cannot be written were not tried.');
}

describe.skipIf(isRoot && !canDrop)('a folder that cannot be written', () => {
  function hilumAsNobody(cwd: string, ...words: string[]) {
    const options = { cwd, encoding: 'utf8', env: { ...process.env, HOME: cwd } } as const;
    return isRoot
      ? spawnSync('setpriv', [...asNobody, cliFile, ...words], options)
      : spawnSync(process.execPath, [cliFile, ...words], options);
  }

  it('the artifacts folder: exit 2, its path and the errno, before any work', async () => {
    const copy = await copied();
    await chmod(folder, 0o755);
    await openForAll(join(copy, '.hilum'));
    await chmod(copy, 0o555);
    await closeAll(join(copy, 'artifacts'));
    const before = await treeOf(copy, notAResult);
    for (const stage of ['ingest', 'split', 'prepare', 'train']) {
      const { status, stderr } = hilumAsNobody(copy, stage);
      expect({ stage, status }).toEqual({ stage, status: 2 });
      expect(stderr).toContain('config/not-writable');
    }
    expect(await treeOf(copy, notAResult)).toEqual(before);
    await chmod(copy, 0o777);
  });

  it('the folder of a new workspace, and of a ledger', async () => {
    const closed = join(folder, 'closed');
    await mkdir(closed);
    await chmod(closed, 0o555);
    expect(hilumAsNobody(closed, 'init', 'study')).toMatchObject({ status: 2 });
    const { status, stderr } = hilumAsNobody(closed, 'classify', '../images', '--out', 'ledger.csv');
    expect(status).toBe(2);
    expect(stderr).toContain('config/not-writable');
    expect(await readdir(closed)).toEqual([]);
  });

  async function eachBelow(path: string, change: (path: string, isFolder: boolean) => Promise<void>): Promise<void> {
    const entries = await readdir(path, { recursive: true, withFileTypes: true });
    for (const entry of entries) await change(join(entry.parentPath, entry.name), entry.isDirectory());
    await change(path, true);
  }
  const openForAll = (path: string) => eachBelow(path, (each, isFolder) => chmod(each, isFolder ? 0o777 : 0o666));
  const closeAll = (path: string) => eachBelow(path, (each, isFolder) => chmod(each, isFolder ? 0o555 : 0o444));
});
