import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildHilum, hilum } from '../helpers/hilum.ts';
import { sealTinyModel } from '../helpers/tiny-model.ts';

/** Names whose order as whole texts is not the order of the listing, and names that CSV has to quote or guard. */
const names = [
  'a/1.png',
  'a.png',
  'a-b/1.png',
  'a/b/2.png',
  'a/b.png',
  '=1+1.png',
  "'=2.png",
  'comma, "quoted".png',
  'line\nend.png',
  'Ünïcode/ä.png',
  '\u{1f600}.png',
  '\uff5a.png',
  ...Array.from({ length: 20 }, (_, index) => `many/${index}.png`),
];

let root: string;
const shards = ['s1.csv', 's2.csv', 's3.csv'];

beforeAll(async () => {
  buildHilum();
  root = await mkdtemp(join(tmpdir(), 'hilum-merge-'));
  await sealTinyModel(join(root, 'model'));
  for (const [index, name] of names.entries()) {
    const path = join(root, 'images', name);
    await mkdir(join(path, '..'), { recursive: true });
    const pixels = Buffer.from(Array.from({ length: 1024 }, (_, i) => (i * index) % 256));
    await writeFile(
      path,
      await sharp(pixels, { raw: { width: 32, height: 32, channels: 1 } })
        .png()
        .toBuffer(),
    );
  }
  await writeFile(join(root, 'images', 'broken.png'), '');
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function classify(...words: string[]): Promise<void> {
  const { code } = await hilum(root, 'classify', 'images', '--model', 'model', ...words);
  expect([0, 3]).toContain(code);
}

async function refusal(...words: string[]): Promise<string> {
  const { code, stdout } = await hilum(root, 'merge', ...words, '--json');
  expect(code).toBe(2);
  const { error } = JSON.parse(stdout);
  return `${error.code}: ${error.sentence}`;
}

describe('merge', () => {
  it('joins shards, in any order, to the bytes of the unsharded ledger; every file stands in one shard', async () => {
    await classify('--out', 'whole.csv');
    for (const [index, out] of shards.entries()) await classify('--out', out, '--shard', `${index + 1}/3`);
    const { code, stdout } = await hilum(root, 'merge', 'merged.csv', 's3.csv', 's1.csv', 's2.csv', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ files: names.length + 1, images: names.length + 1, shards: 3 });
    const [merged, whole] = await Promise.all(['merged.csv', 'whole.csv'].map((name) => readFile(join(root, name))));
    expect(merged?.toString()).toBe(whole?.toString());
  });

  it('keeps a file in its shard when other files come and go between the shards', async () => {
    await cp(join(root, 'images'), join(root, 'grown'), { recursive: true });
    await writeFile(join(root, 'grown', '0.png'), '');
    const first = await readFile(join(root, 's2.csv'), 'utf8');
    await hilum(root, 'classify', 'grown', '--model', 'model', '--out', 'grown2.csv', '--shard', '2/3');
    const grown = await readFile(join(root, 'grown2.csv'), 'utf8');
    for (const line of first.split('\n')) expect(grown).toContain(line);
  });

  it('refuses a missing or doubled shard, other columns, another order, and what is no ledger', async () => {
    expect(await refusal('m1.csv', 's1.csv', 's2.csv')).toContain('is one missing');
    expect(await refusal('m1.csv', 's1.csv', 's2.csv', 's2.csv')).toMatch(/another table too|missing or twice/);
    expect(await refusal('m1.csv', 's1.csv', 's2.csv', 'nowhere.csv')).toContain('source/missing');
    const lines = (await readFile(join(root, 's3.csv'), 'utf8')).trimEnd().split('\n');
    await writeFile(join(root, 'columns.csv'), lines.map((line) => `${line},more`).join('\n'));
    expect(await refusal('m1.csv', 's1.csv', 's2.csv', 'columns.csv')).toContain('columns');
    await writeFile(join(root, 'order.csv'), [lines[0], ...lines.slice(1).toReversed()].join('\n'));
    expect(await refusal('m1.csv', 's1.csv', 's2.csv', 'order.csv')).toContain('order');
    await writeFile(join(root, 'none.csv'), 'x,y\n1,2\n');
    expect(await refusal('m1.csv', 'none.csv')).toContain('first column');
    await expect(readFile(join(root, 'm1.csv'))).rejects.toThrow('ENOENT');
  });

  it('does not replace a file unless told so: the first shard in the place of the result would be lost', async () => {
    expect(await refusal('s1.csv', 's2.csv', 's3.csv')).toContain('--force');
    await writeFile(join(root, 'old.csv'), 'old');
    const { code } = await hilum(root, 'merge', 'old.csv', ...shards, '--force');
    expect(code).toBe(0);
    expect(await readFile(join(root, 'old.csv'), 'utf8')).toBe(await readFile(join(root, 'whole.csv'), 'utf8'));
  });
});
