import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { hasTensorflow, hilum, readJson } from '../helpers/cli.ts';

const estimateSchema = z.object({
  seconds: z.object({ low: z.number(), high: z.number() }),
  peakMemoryMb: z.number(),
  tooLarge: z.object({ batch: z.number().nullable() }).nullable(),
  trainableParameters: z.number(),
  basis: z.string(),
});
const reportSchema = z.object({ epochs: z.number(), bestEpoch: z.number(), run: z.string() });

const paramsOf = (preset: string, more = '', split = '') =>
  `image:\n  size: 32\nbackbone:\n  features: [block3]\ntraining:\n  preset: ${preset}\n  epochs: 3\nfine_tuning:\n  epochs: 2\n  batch_size: 8\n${more}evaluation:\n  resamples: 100\n${split}`;

describe.skipIf(!hasTensorflow)('fine-tuning from the command line', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'hilum-fine-tune-'));
  const study = join(folder, 'study');
  const run = (...words: string[]) => hilum(words, { cwd: study });
  const json = async <T>(schema: z.ZodType<T>, ...words: string[]): Promise<T> => {
    const { code, stdout, stderr } = await run(...words, '--json');
    expect(code, stderr).toBe(0);
    return schema.parse(readJson(stdout));
  };
  const write = (text: string): void => writeFileSync(join(study, 'params.yaml'), text);
  const weights = () => readFile(join(study, 'artifacts/model/weights.bin'));

  beforeAll(async () => {
    const images = join(folder, 'images');
    await hilum(['phantom', images, '--scans', '4', '--slices', '2', '--size', '64']);
    await hilum(['init', study, '--source', images, '--description', 'synthetic images of a test']);
    write(paramsOf('head'));
    for (const stage of ['ingest', 'split', 'prepare']) expect((await run(stage)).code).toBe(0);
    return () => rmSync(folder, { recursive: true, force: true });
  }, 120_000);

  it('says what a run would take, by a probe that is made once, and trains nothing', async () => {
    write(paramsOf('top-blocks'));
    const first = await json(estimateSchema, 'train', '--estimate');
    expect(first.basis).toMatch(
      /^A probe on this machine: \d+ ms a step of 8 images at 32 pixels, preset top-blocks\./,
    );
    expect(first.tooLarge).toBeNull();
    expect(first.seconds.low).toBeLessThan(first.seconds.high);
    const again = await run('train', '--estimate');
    expect(again.stderr).not.toContain('Probing');
    expect(again.stdout).toMatch(/^Time {7}\d/);
    expect((await json(z.object({ runs: z.array(z.unknown()) }), 'runs', 'list')).runs).toEqual([]);
    write(paramsOf('all'));
    const all = await json(estimateSchema, 'train', '--estimate');
    expect(all.trainableParameters).toBeGreaterThan(first.trainableParameters);
  });

  it.each(['top-blocks', 'all'])(
    '[C7] %s: trains, seals, is evaluated, and gives the same bytes again',
    async (preset) => {
      write(paramsOf(preset, '  unfreeze_every: 1\n  mixup: 0.2\n'));
      expect(await json(reportSchema, 'train')).toMatchObject({ epochs: 2 });
      const first = await weights();
      expect((await run('evaluate')).code).toBe(0);
      await run('train');
      expect(await weights()).toEqual(first);
      expect((await run('models', 'verify', 'artifacts/model')).code).toBe(0);
    },
  );

  it('cross-validates: the model itself takes the epochs that the folds needed', async () => {
    write(paramsOf('top-blocks', '', 'split:\n  strategy: k-fold\n  folds: 2\n'));
    expect((await run('split')).code).toBe(0);
    const { epochs } = await json(reportSchema, 'train');
    expect(epochs).toBeLessThanOrEqual(2);
    expect((await run('evaluate')).code).toBe(0);
  });

  it('refuses a run that cannot fit, before it starts, and names what would', async () => {
    write(paramsOf('all').replace('size: 32', 'size: 1024').replace('batch_size: 8', 'batch_size: 512'));
    const { code, stderr } = await run('train');
    expect(code).not.toBe(0);
    expect(stderr).toContain('training/too-large');
    expect(stderr).toMatch(/This run needs about \d+ MB of memory, \d+ MB are free\./);
    expect(stderr).not.toContain('Probing');
  });
});
