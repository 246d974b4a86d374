import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../../../src/pipeline/disk/hash.ts';
import type { Contract } from '../../../src/pipeline/domain/contract.ts';
import type { ManifestRow } from '../../../src/pipeline/domain/dataset.ts';
import { paramsSchema } from '../../../src/pipeline/domain/params.ts';
import { applyContract } from '../../../src/pipeline/images/index.ts';
import { openPictures, pictureSource } from '../../../src/pipeline/stages/train/pictures.ts';
import { greyPng } from '../../helpers/grey-png.ts';

const size = 16;
const contract: Contract = {
  ...{ version: 1, classes: ['a', 'b'], domains: ['display'], windows: [{ center: 40, width: 400 }] },
  ...{ crop: 'none', padding: 'none', resize: 'area', size, channels: 3, mean: 127, std: 128 },
};
const params = paramsSchema.parse({});
const signal = new AbortController().signal;
const all = Int32Array.of(0, 1, 2);
let root: string;
let rows: { readonly row: ManifestRow }[];

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'hilum-pictures-'));
  await mkdir(join(root, 'source'));
  await mkdir(join(root, 'artifacts/dataset'), { recursive: true });
  rows = await Promise.all(
    [1, 2, 3].map(async (seed) => {
      const file = `${seed}.png`;
      const bytes = await greyPng(32, 32, (x, y) => (x * 5 * seed + y * 3) % 256);
      await writeFile(join(root, 'source', file), bytes);
      return {
        row: {
          ...{
            file,
            image: file,
            sha256: sha256(bytes),
            pixel_hash: `hash ${seed}`,
            class: 'a',
            scan: 's',
            group: 'g',
          },
          ...{ domain: 'display', plane: 'axial', width: 32, height: 32 },
        } satisfies ManifestRow,
      };
    }),
  );
  await writeFile(join(root, 'artifacts/dataset/source.json'), JSON.stringify({ source: join(root, 'source') }));
});
afterAll(() => rm(root, { recursive: true, force: true }));

function open(budgetBytes?: number) {
  const workspace = { root, artifacts: join(root, 'artifacts'), state: join(root, '.hilum') };
  return openPictures(workspace, contract, signal, budgetBytes);
}

describe('pictures of a study', () => {
  it('are those of the contract where nothing is changed, in the order that was asked for', async () => {
    const pictures = open();
    const source = pictureSource(pictures, rows, contract, params);
    const plain = await source.plain(Int32Array.of(2, 0));
    const [third] = [rows[2]?.row].filter((row) => row !== undefined);
    if (third === undefined) throw new Error('three rows');
    const expected = applyContract(await pictures.decode(third), contract);
    const own = plain.subarray(0, expected.length);
    expect(own.every((value, i) => Math.abs(value - (expected[i] ?? 0)) < 1 / 256 / contract.std)).toBe(true);
    expect(plain.subarray(expected.length)).toEqual(await source.plain(Int32Array.of(0)));
  });

  it('are the same whether they are kept in memory or decoded each time', async () => {
    const kept = pictureSource(open(), rows, contract, params);
    const anew = pictureSource(open(0), rows, contract, params);
    for (const epoch of [1, 2]) expect(await anew.augmented(all, epoch)).toEqual(await kept.augmented(all, epoch));
    expect(await anew.plain(all)).toEqual(await kept.plain(all));
  });

  it('are kept as long as there is room: then their files are not read again', async () => {
    const oneOnly = open(2 * size * size);
    const source = pictureSource(oneOnly, rows, contract, params);
    await source.plain(all);
    await rm(join(root, 'source'), { recursive: true });
    // Which one is kept depends on which was decoded first.
    const again = await Promise.allSettled([0, 1, 2].map((row) => source.plain(Int32Array.of(row))));
    expect(again.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
  });
});
