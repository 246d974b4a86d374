import type { Network, WeightedNetwork } from '../../../../src/pipeline/domain/network.ts';
import { randomFrom } from '../../../../src/pipeline/domain/random.ts';
import type { PixelBatch } from '../../../../src/pipeline/training/index.ts';
import { randomInput } from '../../network/random-network.ts';

/** A batch with uneven row weights and smoothed targets. @param features width of the dropout mask; 0 for none */
export function randomBatch(network: Network, seed: number, rows: number, classes: number, features = 0): PixelBatch {
  const random = randomFrom('batch', seed);
  const rowWeights = Float32Array.from({ length: rows }, () => (0.5 + random.next()) / rows);
  const targets = new Float32Array(rows * classes);
  rowWeights.forEach((weight, row) => {
    for (let c = 0; c < classes; c++) targets[row * classes + c] = (weight * 0.1) / classes;
    const place = row * classes + (row % classes);
    targets[place] = (targets[place] ?? 0) + weight * 0.9;
  });
  const mask = Float32Array.from({ length: rows * features }, () => (random.next() < 0.3 ? 0 : 1 / 0.7));
  const pixels = randomInput(network, seed, rows);
  return { rows, pixels, targets, rowWeights, mask: features === 0 ? undefined : mask };
}

/** Weights that a gradient can change. */
export function trainableNames({ weights }: WeightedNetwork): string[] {
  return [...weights.keys()].filter((name) => !/\/moving_(mean|variance)$/.test(name));
}
