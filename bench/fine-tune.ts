/**
 * A step of fine-tuning EfficientNet-Lite0 at 224×224, all layers and the last two blocks, against Python Keras' `train_on_batch`:
 * same weights, same pixels, same batch, BatchNorm frozen on both sides (ours has it folded). Wall time an image (median of
 * the steps of a process), processor time an image (says more on a busy machine) and peak memory; less is better in all three.
 * `--way function` times a tf.function with a gradient tape in place of `train_on_batch`.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type Contender, compare } from './lib/compare.ts';
import { keras, ours, root } from './lib/processes.ts';

const { values: options } = parseArgs({
  options: {
    weights: { type: 'string', default: join(root, 'resources', 'backbones', 'efficientnet-lite0') },
    rounds: { type: 'string', default: '5' },
    batch: { type: 'string', default: '16' },
    steps: { type: 'string', default: '20' },
    way: { type: 'string', default: 'train-on-batch' },
  },
});
const { weights, batch, steps, way } = options;
const rounds = Number(options.rounds);

const resultSchema = z.object({
  msPerImage: z.number(),
  processorMsPerImage: z.number(),
  peakMb: z.number(),
  logits: z.array(z.number()),
});
type Result = z.infer<typeof resultSchema>;

for (const preset of ['all', 'top-blocks']) {
  const words = [weights, preset, batch, steps];
  const sides = [
    { name: `Keras ${way}`, results: [] as Result[], run: () => keras('fine_tune.py', ...words, way) },
    { name: 'Hilum', results: [] as Result[], run: () => ours('fine-tune-steps.ts', ...words) },
  ] as const;
  const [peer, own] = sides.map(
    ({ name, results, run }): Contender => ({
      name,
      unit: 'ms/image',
      run: () => {
        const result = resultSchema.parse(run());
        results.push(result);
        return result.msPerImage;
      },
    }),
  );
  if (peer === undefined || own === undefined) throw new Error('a comparison has two sides');
  compare(`fine-tune-${preset}`, rounds, peer, [own]);
  requireEqualLogits(sides[0].results[0], sides[1].results[0]);
  const again = (unit: string, pick: (result: Result) => number): Contender[] =>
    sides.map(({ name, results }) => {
      const values = results.map(pick);
      return { name, unit, run: (round) => values[round - 1] ?? Number.NaN };
    });
  for (const [what, unit, pick] of [
    ['processor', 'ms/image', (result: Result) => result.processorMsPerImage],
    ['memory', 'MB peak', (result: Result) => result.peakMb],
  ] as const) {
    const [first, second] = again(unit, pick);
    if (first !== undefined && second !== undefined) compare(`fine-tune-${preset}-${what}`, rounds, first, [second]);
  }
}

/** Both sides are the same network before the first step, or nothing was compared. */
function requireEqualLogits(a: Result | undefined, b: Result | undefined): void {
  const worst = Math.max(...(a?.logits ?? []).map((value, i) => Math.abs(value - (b?.logits[i] ?? Number.NaN))));
  if (!(worst < 1e-3)) throw new Error(`the two networks answer differently: ${a?.logits} and ${b?.logits}`);
}
