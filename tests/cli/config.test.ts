import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hilum, readJson, textOf, treeState } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/records.ts';

async function workspace(): Promise<string> {
  const folder = join(temporaryFolder(), 'study');
  const { code } = await hilum(['init', folder]);
  expect(code).toBe(0);
  return folder;
}

const isRoot = process.getuid?.() === 0;
const nobody = 65_534;

describe('init', () => {
  it('writes the commented files, and a second time refuses and changes nothing', async () => {
    const folder = await workspace();
    const names = ['.dvc', '.dvcignore', '.gitignore', '.hilum', 'code.yaml', 'config.yaml', 'dvc.yaml', 'params.yaml'];
    expect(readdirSync(folder).sort()).toEqual(names);
    expect(readdirSync(join(folder, '.dvc')).sort()).toEqual(['.gitignore', 'config']);
    const before = treeState(folder);
    const { code, stderr } = await hilum(['init', folder]);
    expect(code).toBe(2);
    expect(stderr).toContain('config/exists');
    expect(treeState(folder)).toEqual(before);
  });

  it('notes source, classes and description, with the source counted from the workspace', async () => {
    const folder = temporaryFolder();
    const words = [
      'init',
      'a/b',
      '--source',
      'images',
      '--classes',
      'Cyst, No: "rmal"',
      '--description',
      "It's: a #test",
    ];
    expect((await hilum(words, { cwd: folder })).code).toBe(0);
    const { code, stdout } = await hilum(['config', 'print', '--json', '-w', 'a/b'], { cwd: folder });
    expect(code).toBe(0);
    expect(readJson(stdout)).toMatchObject({
      config: { source: '../../images', classes: ['Cyst', 'No: "rmal"'], description: "It's: a #test" },
    });
  });

  it.skipIf(!isRoot)('leaves nothing half-written in a folder without rights', async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o755);
    const { code, stderr } = await hilum(['init', join(folder, 'study')], { uid: nobody, cwd: '/' });
    expect(code).toBe(2);
    expect(stderr).toContain('config/not-writable');
    expect(stderr).toContain('EACCES');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('bad configuration: exit 2 with file, line, key and nearest valid key', () => {
  const cases = [
    {
      name: 'unknown key',
      text: 'seed: 3\nsplit:\n  validaton: 0.1\n',
      says: ['params.yaml, line 3', '"split.validaton"', '"split.validation"'],
    },
    { name: 'key at the wrong level', text: 'epochs: 3\n', says: ['line 1', '"epochs"', '"training.epochs"'] },
    {
      name: 'wrong type',
      text: 'seed: 3\n\ntraining:\n  epochs: many\n',
      says: ['params.yaml, line 4', 'training.epochs', 'expected number, got "many"'],
    },
    { name: 'value out of range', text: 'seed: 0\n', says: ['line 1', 'seed', 'expected at least 1, got 0'] },
    {
      name: 'unknown word',
      text: 'image:\n  crop: bodi\n',
      says: ['line 2', 'image.crop', 'body, none', 'Did you mean "body"?'],
    },
    { name: 'syntax', text: 'seed: 3\nsplit: [1, 2\n', says: ['params.yaml, line', 'not valid YAML'] },
    { name: 'key twice', text: 'seed: 3\nseed: 4\n', says: ['line 2', 'duplicated mapping key'] },
  ];
  it.each(cases)('$name', async ({ text, says }) => {
    const folder = await workspace();
    writeFileSync(join(folder, 'params.yaml'), text);
    const before = treeState(folder);
    const { code, stdout, stderr } = await hilum(['status'], { cwd: folder });
    expect(code).toBe(2);
    expect(stdout).toBe('');
    for (const part of says) expect(stderr).toContain(part);
    expect(treeState(folder)).toEqual(before);
  });

  it('tells the same as JSON', async () => {
    const folder = await workspace();
    writeFileSync(join(folder, 'config.yaml'), 'artifacts: a\nsorce: x\n');
    const { code, stdout } = await hilum(['ingest', '--json'], { cwd: folder });
    expect(code).toBe(2);
    expect(readJson(stdout)).toMatchObject({
      error: { code: 'config/unknown-key', facts: { file: 'config.yaml', line: 2, key: 'sorce', nearest: 'source' } },
    });
  });

  it('[B9] refuses an alias bomb', async () => {
    const folder = await workspace();
    writeFileSync(join(folder, 'config.yaml'), 'a: &a [x, x]\nb: &b [*a, *a]\nclasses: [*b, *b]\n');
    const { code, stderr } = await hilum(['status'], { cwd: folder });
    expect(code).toBe(2);
    expect(stderr).toContain('config/syntax');
  });

  it('a workspace is found upward; none is an error that names `init`', async () => {
    const folder = await workspace();
    const deep = join(folder, 'notes', 'deep');
    mkdirSync(deep, { recursive: true });
    expect((await hilum(['dag', '--json'], { cwd: folder })).code).toBe(2);
    writeFileSync(join(folder, 'config.yaml'), 'source: ../images\n');
    expect((await hilum(['dag'], { cwd: deep })).code).toBe(0);
    const { code, stderr } = await hilum(['dag'], { cwd: temporaryFolder() });
    expect(code).toBe(2);
    expect(stderr).toContain('hilum init');
  });

  it('ingest without a source says where to name one', async () => {
    const folder = await workspace();
    const { code, stderr } = await hilum(['ingest'], { cwd: folder });
    expect(code).toBe(2);
    expect(stderr).toContain('config.yaml: source:');
  });
});

describe('data that cannot make a study', () => {
  async function phantoms(folder: string, scans: number): Promise<string> {
    const images = join(folder, 'images');
    const words = ['phantom', images, '--scans', String(scans), '--slices', '2', '--size', '64'];
    expect((await hilum(words)).code).toBe(0);
    return images;
  }

  it('a class without images is named; nothing is written', async () => {
    const folder = temporaryFolder();
    const images = await phantoms(folder, 1);
    const study = join(folder, 'study');
    await hilum(['init', study, '--source', images, '--classes', 'Cyst,Tumour,Stone']);
    const { code, stderr } = await hilum(['ingest'], { cwd: study });
    expect(code).toBe(2);
    expect(stderr).toContain('"Tumour"');
    expect(existsSync(join(study, 'artifacts', 'dataset'))).toBe(false);
  });

  it('one scan only in a class: the split names the class and how many groups it needs', async () => {
    const folder = temporaryFolder();
    const images = await phantoms(folder, 1);
    const study = join(folder, 'study');
    await hilum(['init', study, '--source', images]);
    expect((await hilum(['ingest'], { cwd: study })).code).toBe(0);
    const { code, stderr } = await hilum(['split'], { cwd: study });
    expect(code).toBe(2);
    expect(stderr).toContain('split/single-group');
    expect(existsSync(join(study, 'artifacts', 'split.csv'))).toBe(false);
  });

  it.skipIf(!isRoot)('an artifacts folder that cannot be written: exit 2, nothing half-written', async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o777);
    const study = join(folder, 'study');
    expect((await hilum(['init', study], { uid: nobody, cwd: '/' })).code).toBe(0);
    mkdirSync(join(folder, 'locked'));
    writeFileSync(join(study, 'config.yaml'), 'artifacts: ../locked\nsource: ../images\n');
    mkdirSync(join(folder, 'images', 'a'), { recursive: true });
    writeFileSync(join(folder, 'images', 'a', 'x.png'), '');
    const { code, stderr } = await hilum(['ingest'], { uid: nobody, cwd: study });
    expect(code).toBe(2);
    expect(stderr).toContain('config/not-writable');
    expect(readdirSync(join(folder, 'locked'))).toEqual([]);
  });

  it('every refused file is told by the exit code 3, and accepted with --allow-refused', async () => {
    const folder = temporaryFolder();
    const images = await phantoms(folder, 1);
    writeFileSync(join(images, 'Cyst', 'letter.pdf'), '%PDF-1.4');
    const study = join(folder, 'study');
    await hilum(['init', study, '--source', images]);
    const { code, stdout } = await hilum(['ingest', '--json'], { cwd: study });
    expect(code).toBe(3);
    expect(readJson(stdout)).toMatchObject({ found: 9, accepted: 8, duplicates: 0, refused: 1, changed: 9 });
    const again = await hilum(['ingest', '--json', '--allow-refused'], { cwd: study });
    expect(again.code).toBe(0);
    expect(readJson(again.stdout)).toMatchObject({ found: 9, accepted: 8, refused: 1, changed: 0 });
    expect(textOf(join(study, 'artifacts', 'dataset', 'refused.csv'))).toContain(
      'Cyst/letter.pdf,image/unknown-format',
    );
  });
});
