import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Contract } from '../../../src/pipeline/domain/contract.ts';
import type { Engine } from '../../../src/pipeline/predictions/index.ts';
import { type BatchResult, blackBoxSlots } from '../../../src/pipeline/protocol.ts';
import { openBlackBox } from '../../../src/pipeline/stages/classify/black-box.ts';
import { classifyFile } from '../../../src/pipeline/stages/classify/classify-file.ts';
import { resultSender } from '../../../src/pipeline/stages/classify/result-sender.ts';
import { greyPng } from '../../helpers/grey-png.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hilum-classify-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const contract: Contract = {
  version: 1,
  classes: ['Cyst', 'Normal'],
  domains: ['display'],
  windows: [{ center: 40, width: 400 }],
  crop: 'none',
  padding: 'none',
  resize: 'area',
  size: 16,
  channels: 3,
  mean: 127,
  std: 128,
};

/** An engine whose answer is given: the network is not what is tested here. */
const engineOf = (answer: readonly number[]): Engine => ({
  size: 16,
  planes: 3,
  outputLength: answer.length,
  pooledLength: 0,
  run: async () => Float32Array.from(answer),
  look: async () => ({ answers: Float32Array.from(answer), pooled: new Float32Array() }),
  close: async () => undefined,
});

describe('black box', () => {
  it('[F3] names the items in work in the file itself, and forgets those that are done', async () => {
    const path = join(folder, 'box');
    await writeFile(path, Buffer.alloc(4 * blackBoxSlots));
    const box = openBlackBox(path);
    const items = async () => {
      const bytes = await readFile(path);
      const slots = Array.from({ length: blackBoxSlots }, (_, slot) => bytes.readInt32LE(slot * 4));
      return slots.filter((item) => item !== 0).sort((a, b) => a - b);
    };
    const leave7 = box.enter(7);
    box.enter(8);
    expect(await items()).toEqual([7, 8]);
    leave7();
    expect(await items()).toEqual([8]);
    for (let item = 100; item < 100 + blackBoxSlots - 1; item++) box.enter(item);
    expect(() => box.enter(999)).toThrow(RangeError);
    box.close();
  });
});

describe('classifying one file', () => {
  const item = async (name: string, bytes: Buffer | string) => {
    await writeFile(join(folder, name), bytes);
    return { item: 1, path: join(folder, name), file: name };
  };
  const picture = () => greyPng(20, 20, (x) => x * 12);

  it('answers, or asks for review below the threshold', async () => {
    const file = await item('a.png', await picture());
    const engine = engineOf([0.75, 0.25]);
    const sure = await classifyFile(file, { contract, engine, reviewBelow: 0.5 });
    expect(sure.rows).toMatchObject([{ state: 'answered', predicted: 0, code: null }]);
    const unsure = await classifyFile(file, { contract, engine, reviewBelow: 0.8 });
    const low = { code: 'image/low-probability', facts: { probability: 0.75, threshold: 0.8 } };
    expect(unsure.rows).toMatchObject([{ state: 'review', predicted: 0, ...low }]);
  });

  it('asks for review when the conformal set is not one class, and says which classes are in it', async () => {
    const file = await item('a.png', await picture());
    const classifier = { contract, engine: engineOf([0.75, 0.25]), reviewBelow: 0.5 };
    const rows = async (conformal: number[]) => (await classifyFile(file, { ...classifier, conformal })).rows;
    expect(await rows([0.5, 0.5])).toMatchObject([{ state: 'answered', code: null, facts: { set: '0' } }]);
    const both = { code: 'image/unsure', facts: { set: '0 1', classes: 'Cyst, Normal' } };
    expect(await rows([0.5, 0.2])).toMatchObject([{ state: 'review', predicted: 0, ...both }]);
    const none = { code: 'image/unsure', facts: { set: '', classes: '' } };
    expect(await rows([0.9, 0.9])).toMatchObject([{ state: 'review', predicted: 0, ...none }]);
  });

  it('refuses what the gate puts outside, and lists it without a class', async () => {
    const file = await item('a.png', await picture());
    const classifier = { contract, engine: engineOf([0.75, 0.25]), reviewBelow: 0.5 };
    const rows = async (distance: number) =>
      (await classifyFile(file, { ...classifier, gate: { limit: 5, distance: () => distance } })).rows;
    expect(await rows(4.9)).toMatchObject([{ state: 'answered' }]);
    const outside = { code: 'image/out-of-distribution', facts: { distance: 12.3, limit: 5 } };
    expect(await rows(12.345)).toMatchObject([{ state: 'refused', predicted: null, probabilities: [], ...outside }]);
  });

  it('[C5] never makes a class of numbers that are not finite', async () => {
    const file = await item('a.png', await picture());
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const result = await classifyFile(file, { contract, engine: engineOf([bad, 0.2]), reviewBelow: 0.5 });
      expect(result.rows).toMatchObject([
        { state: 'refused', predicted: null, probabilities: [], code: 'image/invalid-output' },
      ]);
    }
  });

  it('gives a refused row with a code for a file that cannot be read', async () => {
    const classifier = { contract, engine: engineOf([0.5, 0.5]), reviewBelow: 0.5 };
    const bad = await classifyFile(await item('b.png', 'text'), classifier);
    expect(bad.rows).toMatchObject([{ image: 'b.png', state: 'refused', code: 'image/unknown-format' }]);
    const gone = await classifyFile({ item: 2, path: join(folder, 'gone'), file: 'gone' }, classifier);
    expect(gone).toMatchObject({ sha256: null, rows: [{ state: 'refused', code: 'image/missing' }] });
  });

  it('refuses display pictures for a model of Hounsfield units', async () => {
    const hounsfield: Contract = { ...contract, domains: ['hounsfield'] };
    const file = await item('a.png', await picture());
    const result = await classifyFile(file, { contract: hounsfield, engine: engineOf([1, 0]), reviewBelow: 0 });
    expect(result.rows).toMatchObject([{ state: 'refused', code: 'image/domain-mismatch' }]);
  });
});

describe('result sender', () => {
  const result = (item: number): BatchResult => ({
    item,
    sha256: null,
    rows: [
      {
        frame: 0,
        image: 'i',
        scan: '',
        group: '',
        state: 'refused',
        predicted: null,
        probabilities: [],
        code: null,
        facts: {},
      },
    ],
  });

  it('sends full pages in order, waits until they are stored, and flushes the rest', async () => {
    const pages: number[][] = [];
    const sender = resultSender(async (results) => {
      await new Promise((resolve) => setImmediate(resolve));
      pages.push(results.map((each) => each.item));
    });
    for (let i = 1; i <= 120; i++) await sender.add(result(i));
    expect(pages.map((page) => page.length)).toEqual([50, 50]);
    await sender.flush();
    expect(pages.flat()).toEqual(Array.from({ length: 120 }, (_, index) => index + 1));
  });
});
