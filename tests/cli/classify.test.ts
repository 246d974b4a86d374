import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { notice } from '../../src/pipeline/domain/outcome.ts';
import { requiredFiles } from '../../src/pipeline/domain/sealed-model.ts';
import { untilDone } from '../helpers/batch-watch.ts';
import { buildHilum, hilum, startHilum } from '../helpers/hilum.ts';
import { sealTinyModel } from '../helpers/tiny-model.ts';

const tinyFiles = 2000;

let root: string;

beforeAll(async () => {
  buildHilum();
  root = await mkdtemp(join(tmpdir(), 'hilum-classify-'));
  await sealTinyModel(join(root, 'model'));
  await hilumOnce('phantom', 'mixed', '--mixed-folder');
  await writeTinyPictures(join(root, 'many'), tinyFiles);
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** `hilum` outside a test, where nothing can be taken back. */
async function hilumOnce(...words: string[]): Promise<void> {
  const cli = new URL('../../out/main/cli.cjs', import.meta.url).pathname;
  execFileSync(process.execPath, [cli, ...words], { cwd: root, stdio: 'ignore' });
}

/** Small pictures that all differ, in two folders. */
async function writeTinyPictures(folder: string, count: number): Promise<void> {
  for (const name of ['a', 'b']) await mkdir(join(folder, name), { recursive: true });
  const write = async (index: number): Promise<void> => {
    const pixels = Buffer.from(
      Array.from({ length: 1024 }, (_, i) => (i * 7 + index * 13 + ((i * index) % 101)) % 256),
    );
    const png = await sharp(pixels, { raw: { width: 32, height: 32, channels: 1 } })
      .png()
      .toBuffer();
    await writeFile(join(folder, index % 2 === 0 ? 'a' : 'b', `${index}.png`), png);
  };
  for (let start = 0; start < count; start += 50) {
    await Promise.all(Array.from({ length: Math.min(50, count - start) }, (_, i) => write(start + i)));
  }
}

/** What a process and its worker have mapped, where the system tells (Linux). */
async function mappedLibraries(pid: number): Promise<string> {
  const read = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');
  const children = (await read(`/proc/${pid}/task/${pid}/children`)).split(' ').filter(Boolean);
  if (process.platform === 'linux') expect(children).toHaveLength(1);
  return (await Promise.all([String(pid), ...children].map((each) => read(`/proc/${each}/maps`)))).join('');
}

type Row = Readonly<Record<string, string>>;

async function rowsOf(csv: string): Promise<Row[]> {
  return Papa.parse<Row>(await readFile(join(root, csv), 'utf8'), { header: true, skipEmptyLines: true }).data;
}

describe('classify', () => {
  it('gives each file of a mixed folder its rows, refused ones a code and a reason, and exits 3', async () => {
    const { code, stdout, stderr } = await hilum(
      root,
      'classify',
      'mixed',
      '--model',
      'model',
      '--out',
      'mixed.csv',
      '--json',
    );
    expect(code).toBe(3);
    expect(stderr).toContain('Tiny model (trained on synthetic images)');
    const rows = await rowsOf('mixed.csv');
    const header = 'file,image,scan,state,class,probability,p_Cyst,p_Normal,p_Stone,code,reason,notice,set';
    expect((await readFile(join(root, 'mixed.csv'), 'utf8')).split('\n')[0]).toBe(header);
    // 28 files; the volume has 5 slices.
    expect(rows).toHaveLength(32);
    expect(new Set(rows.map((row) => row.file)).size).toBe(28);
    for (const row of rows) {
      expect(row.notice).toBe(notice);
      if (row.state === 'refused') {
        expect(row.code).toMatch(/^image\//);
        expect(row.reason?.length).toBeGreaterThan(10);
        expect(row.class + String(row.probability)).toBe('');
      } else {
        const each = [row.p_Cyst, row.p_Normal, row.p_Stone].map(Number);
        expect(row.probability).toMatch(/^\d\.\d{6}$/);
        expect(Math.max(...each)).toBe(Number(row.probability));
        expect(each.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
      }
    }
    const value = JSON.parse(stdout);
    expect(value.counts).toMatchObject({ files: 28, images: 32, refused: 8 });
    expect(value).toMatchObject({ scans: 2, exit: 3, out: join(root, 'mixed.csv') });
    expect(Object.values<number>(value.refused_codes).reduce((sum, count) => sum + count, 0)).toBe(8);
    expect(value.first_result_ms).toBeGreaterThan(0);
  });

  it('writes the same as JSON and as a page of HTML, with scan answers and their key slices', async () => {
    const words = ['--model', 'model', '--out', 'mixed.json', '--report', 'mixed.html', '--scan-from', 'folder'];
    const { code } = await hilum(root, 'classify', 'mixed', ...words);
    expect(code).toBe(3);
    const ledger = JSON.parse(await readFile(join(root, 'mixed.json'), 'utf8'));
    expect(ledger).toMatchObject({ notice, source: 'mixed', outcome: 'completed' });
    expect(ledger.model).toMatchObject({ name: 'Tiny model', classes: ['Cyst', 'Normal', 'Stone'] });
    expect(ledger.rows).toHaveLength(32);
    const scans = new Map<string, { images: number; key_slices: string[] }>();
    for (const scan of ledger.scans) scans.set(scan.scan, scan);
    expect(scans.get('volume.nii.gz')?.images).toBe(5);
    expect(scans.get('pictures')?.images).toBe(8);
    expect(scans.get('pictures')?.key_slices).toHaveLength(3);
    // The best slices of a scan, by what the rows say.
    for (const scan of ledger.scans) {
      const own = ledger.rows.filter(
        (row: { scan: string; state: string }) => row.scan === scan.scan && row.state !== 'refused',
      );
      const probabilities = own.map(
        (row: { probabilities: Record<string, number> }) => row.probabilities[scan.class] ?? 0,
      );
      const mean = probabilities.reduce((sum: number, p: number) => sum + p, 0) / own.length;
      expect(mean).toBeCloseTo(scan.probability, 5);
      const best = own.find((row: { image: string }) => row.image === scan.key_slices[0]);
      expect(best.probabilities[scan.class]).toBe(Math.max(...probabilities));
    }
    const html = await readFile(join(root, 'mixed.html'), 'utf8');
    expect(html).toContain(notice);
    expect(html).not.toMatch(/https?:\/\/(?!www\.w3\.org)/);
  });

  it('[F2] killed with SIGKILL at three points and resumed, gives the bytes of the unbroken run', async () => {
    const unbroken = await hilum(
      root,
      'classify',
      'many',
      '--model',
      'model',
      '--out',
      'unbroken.csv',
      '--records',
      'rec-0',
    );
    expect(unbroken.code).toBe(0);
    const expected = await readFile(join(root, 'unbroken.csv'));
    expect(expected.toString().split('\n')).toHaveLength(tinyFiles + 2);
    const words = ['classify', 'many', '--model', 'model', '--out', 'broken.csv', '--records', 'rec-1'];
    let resume: string[] = [];
    let before = 0;
    for (const point of [1, 700, 1400]) {
      const running = startHilum(root, [...words, ...resume]);
      let over = false;
      void running.ended.then(() => {
        over = true;
      });
      const done = await untilDone(join(root, 'rec-1', 'hilum.db'), point, () => over);
      running.killGroup();
      expect((await running.ended).code).toBe(null);
      expect(done).toBeGreaterThanOrEqual(Math.max(point, before));
      expect(done).toBeLessThan(tinyFiles);
      before = done;
      resume = ['--resume'];
    }
    expect(await readdir(root)).not.toContain('broken.csv');
    const last = await hilum(root, ...words, '--resume', '--json');
    expect(last.code).toBe(0);
    expect(JSON.parse(last.stdout).counts).toMatchObject({ files: tinyFiles, images: tinyFiles });
    expect((await readFile(join(root, 'broken.csv'))).equals(expected)).toBe(true);
    expect((await readdir(join(root, 'rec-1', 'tmp'))).filter((name) => name.startsWith('report'))).toEqual([]);
  });

  it('[F6] stopped by Ctrl-C ends with 130 and no ledger; --resume then gives the bytes of the unbroken run', async () => {
    const words = ['classify', 'many', '--model', 'model', '--out', 'stopped.csv', '--records', 'rec-2'];
    const running = startHilum(root, words);
    let over = false;
    void running.ended.then(() => {
      over = true;
    });
    await untilDone(join(root, 'rec-2', 'hilum.db'), 200, () => over);
    expect(await mappedLibraries(running.child.pid ?? 0)).not.toMatch(/tensorflow/);
    // As a terminal does it: to every process of the group.
    process.kill(-(running.child.pid ?? 0), 'SIGINT');
    const { code, stderr } = await running.ended;
    expect(code).toBe(130);
    expect(stderr).toContain('--resume');
    expect(await readdir(root)).not.toContain('stopped.csv');
    expect(await readdir(join(root, 'rec-2', 'tmp'))).toEqual([]);
    expect((await hilum(root, ...words, '--resume')).code).toBe(0);
    const expected = await readFile(join(root, 'unbroken.csv'));
    expect((await readFile(join(root, 'stopped.csv'))).equals(expected)).toBe(true);
    // Resumed once more, the complete batch is written again in another form.
    const again = await hilum(
      root,
      'classify',
      'many',
      '--model',
      'model',
      '--out',
      'again.json',
      '--records',
      'rec-2',
      '--resume',
    );
    expect(again.code).toBe(0);
    expect(JSON.parse(await readFile(join(root, 'again.json'), 'utf8')).rows).toHaveLength(tinyFiles);
  });

  it('[F3] answers 950 of 1,000 files and names 50 that are broken', async () => {
    await writeTinyPictures(join(root, 'poison'), 1000);
    for (let index = 0; index < 1000; index += 20) {
      const path = join(root, 'poison', 'a', `${index}.png`);
      await writeFile(path, (await readFile(path)).subarray(0, 60 + (index % 40)));
    }
    const { code, stdout } = await hilum(
      root,
      'classify',
      'poison',
      '--model',
      'model',
      '--out',
      'poison.csv',
      '--json',
    );
    expect(code).toBe(3);
    expect(JSON.parse(stdout).counts).toMatchObject({ files: 1000, images: 1000, refused: 50 });
    const refused = (await rowsOf('poison.csv')).filter((row) => row.state === 'refused');
    for (const row of refused)
      expect([row.code, row.reason]).toEqual([expect.stringMatching(/^image\//), expect.stringMatching(/./)]);
  });

  it('lets only one process work with the same records', async () => {
    const words = ['classify', 'many', '--model', 'model', '--out', 'busy.csv', '--records', 'rec-4'];
    const running = startHilum(root, words);
    let over = false;
    void running.ended.then(() => {
      over = true;
    });
    await untilDone(join(root, 'rec-4', 'hilum.db'), 1, () => over);
    const { code, stdout } = await hilum(root, ...words, '--json');
    expect([code, JSON.parse(stdout).error.code]).toEqual([75, 'workspace/busy']);
    expect((await running.ended).code).toBe(0);
  });

  it('refuses to resume what was never begun, or was begun with another model or threshold', async () => {
    const words = ['classify', 'mixed', '--out', 'resume.csv', '--records', 'rec-3'];
    const unknown = await hilum(root, ...words, '--model', 'model', '--resume', '--json');
    expect(unknown.code).toBe(2);
    expect(JSON.parse(unknown.stdout).error.code).toBe('batch/unknown');
    expect((await hilum(root, ...words, '--model', 'model')).code).toBe(3);
    await sealTinyModel(join(root, 'other-model'), { seed: 9 });
    const changed = await hilum(root, ...words, '--model', 'other-model', '--resume', '--json');
    expect(changed.code).toBe(2);
    expect(JSON.parse(changed.stdout).error.code).toBe('batch/changed');
    const threshold = await hilum(root, ...words, '--model', 'model', '--resume', '--review-below', '0.99', '--json');
    expect(JSON.parse(threshold.stdout).error.code).toBe('batch/changed');
  });

  it('marks answers below --review-below', async () => {
    const words = ['--model', 'model', '--out', 'review.csv', '--review-below', '1', '--json'];
    const { stdout } = await hilum(root, 'classify', 'mixed', ...words);
    expect(JSON.parse(stdout).counts).toMatchObject({ answered: 0, review: 24, refused: 8 });
  });

  it.each([...requiredFiles, 'seal.json'])(
    '[C4] one changed byte in %s ends with 4 and names the file',
    async (name) => {
      const broken = join(root, `broken-${name}`);
      await cp(join(root, 'model'), broken, { recursive: true });
      const bytes = await readFile(join(broken, name));
      const middle = Math.floor(bytes.length / 2);
      bytes[middle] = (bytes[middle] ?? 0) ^ 1;
      await writeFile(join(broken, name), bytes);
      const { code, stderr } = await hilum(root, 'classify', 'mixed', '--model', broken, '--out', 'never.csv');
      expect(code).toBe(4);
      expect(stderr).toContain(name);
      expect(await readdir(root)).not.toContain('never.csv');
    },
  );

  it.each([
    ['a result below a file', ['--model', 'model', '--out', 'model/seal.json/r.csv'], 'config/not-writable'],
    ['a result that is a folder', ['--model', 'model', '--out', 'folder.csv'], 'usage/bad-option'],
    ['a result of unknown form', ['--model', 'model', '--out', 'r.txt'], 'usage/bad-option'],
    [
      'a report below a file',
      ['--model', 'model', '--out', 'r.csv', '--report', 'model/seal.json/r.html'],
      'config/not-writable',
    ],
    ['a model that is not there', ['--model', 'nothing', '--out', 'r.csv'], 'model/missing'],
    ['a shard that is none', ['--model', 'model', '--out', 'r.csv', '--shard', '3/2'], 'batch/bad-shard'],
    ['a threshold that is none', ['--model', 'model', '--out', 'r.csv', '--review-below', '2'], 'usage/bad-option'],
    ['a workspace that is none', ['--model', 'model', '--out', 'r.csv', '-w', 'mixed'], 'workspace/missing'],
  ])('[10] refuses %s before anything is written', async (_what, words, expected) => {
    await mkdir(join(root, 'folder.csv'), { recursive: true });
    const before = await readdir(root);
    const { code, stdout } = await hilum(root, 'classify', 'mixed', ...words, '--records', 'never', '--json');
    expect(code).toBe(2);
    expect(JSON.parse(stdout).error.code).toBe(expected);
    expect(await readdir(root)).toEqual(before);
  });

  it('refuses a folder that is missing or empty', async () => {
    await mkdir(join(root, 'empty'), { recursive: true });
    for (const [folder, expected] of [
      ['nowhere', 'source/missing'],
      ['empty', 'source/empty'],
    ]) {
      const { code, stdout } = await hilum(
        root,
        'classify',
        folder ?? '',
        '--model',
        'model',
        '--out',
        'r0.csv',
        '--json',
      );
      expect([code, JSON.parse(stdout).error.code]).toEqual([2, expected]);
    }
    expect(await readdir(root)).not.toContain('r0.csv');
  });

  it('classifies one file by itself', async () => {
    const { code } = await hilum(root, 'classify', 'mixed/pictures/c1.jpg', '--model', 'model', '--out', 'one.csv');
    expect(code).toBe(0);
    expect((await rowsOf('one.csv')).map((row) => row.file)).toEqual(['c1.jpg']);
  });

  it('[B10] pipes, a link and a loop of links do not stop it: each is one refused row', async () => {
    const odd = join(root, 'odd');
    await mkdir(odd);
    for (let index = 1; index <= 5; index++) execFileSync('mkfifo', [join(odd, `${index}.dcm`)]);
    await cp(join(root, 'many', 'a', '0.png'), join(odd, 'good.png'));
    execFileSync('ln', ['-s', 'good.png', join(odd, 'link.png')]);
    execFileSync('ln', ['-s', '.', join(odd, 'loop')]);
    const { code } = await hilum(root, 'classify', 'odd', '--model', 'model', '--out', 'odd.csv');
    expect(code).toBe(3);
    const rows = await rowsOf('odd.csv');
    expect(rows.map((row) => row.state)).toEqual([...Array(5).fill('refused'), 'answered', 'refused', 'refused']);
    expect(rows[0]).toMatchObject({ code: 'image/not-a-file', reason: expect.stringContaining('pipe') });
    expect(rows.at(-1)?.reason).toContain('symbolic link');
  });

  it('does not classify its own results, and leaves no other file in the folder', async () => {
    const own = join(root, 'own');
    await mkdir(own);
    await cp(join(root, 'many', 'a', '0.png'), join(own, 'good.png'));
    const words = [
      'classify',
      '.',
      '--model',
      '../model',
      '--out',
      'r.csv',
      '--report',
      'r.html',
      '--records',
      '.hilum',
    ];
    for (let round = 0; round < 2; round++) {
      const { code } = await hilum(own, ...words);
      expect(code).toBe(0);
      expect((await readdir(own)).toSorted()).toEqual(['.hilum', 'good.png', 'r.csv', 'r.html']);
      expect((await rowsOf('own/r.csv')).map((row) => row.file)).toEqual(['good.png']);
    }
  });

  it('keeps its records in the workspace around the current folder and uses its model', async () => {
    await hilum(root, 'init', 'study', '--source', '../mixed');
    await cp(join(root, 'model'), join(root, 'study', 'artifacts', 'model'), { recursive: true });
    const { code, stderr } = await hilum(join(root, 'study'), 'classify', '../mixed', '--out', 'r.csv');
    expect(code).toBe(3);
    expect(stderr).toContain('Tiny model');
    expect(await readdir(join(root, 'study', '.hilum'))).toContain('hilum.db');
  });

  it('[C7] gives each row the same values whatever the number of files beside it', async () => {
    await hilum(root, 'classify', 'many/a', '--model', 'model', '--out', 'half.csv');
    const whole = new Map((await rowsOf('unbroken.csv')).map((row) => [row.file, row.p_Cyst]));
    for (const row of await rowsOf('half.csv')) expect(whole.get(`a/${row.file}`)).toBe(row.p_Cyst);
  });
});
