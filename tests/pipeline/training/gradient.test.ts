import { beforeAll, describe, expect, it } from 'vitest';
import type { WeightArray } from '../../../src/pipeline/domain/network.ts';
import { randomFrom } from '../../../src/pipeline/domain/random.ts';
import { gradients } from '../../../src/pipeline/training/gradient.ts';
import { loadTensorFlow, type TensorFlow } from '../../../src/pipeline/training/index.ts';
import { initialParameters, squaredKernels } from '../../../src/pipeline/training/parameters.ts';

const [rows, dimensions, classes, l2] = [7, 4, 3, 0.03];
const random = randomFrom('gradient');
const inputs = Float32Array.from({ length: rows * (dimensions + 1) }, (_, i) =>
  i % (dimensions + 1) === dimensions ? 1 : random.normal(),
);
const labels = Array.from({ length: rows }, (_, row) => row % classes);
const rowWeights = Array.from({ length: rows }, (_, row) => (1 + row) / 10);

/** Σ weight × cross-entropy + l2 × Σ kernel², in doubles. */
function lossOf(layers: readonly WeightArray[]): number {
  let loss = l2 * squaredKernels(layers);
  for (let row = 0; row < rows; row++) {
    let values = Array.from(inputs.subarray(row * (dimensions + 1), (row + 1) * (dimensions + 1)));
    layers.forEach((layer, at) => {
      const [, units = 0] = layer.shape;
      const sums = Array.from({ length: units }, (_, unit) =>
        values.reduce((sum, value, i) => sum + value * (layer.data[i * units + unit] ?? 0), 0),
      );
      values = at === layers.length - 1 ? sums : [...sums.map((sum) => Math.max(0, sum)), 1];
    });
    const total = values.reduce((sum, value) => sum + Math.exp(value), 0);
    loss += (rowWeights[row] ?? 0) * (Math.log(total) - (values[labels[row] ?? 0] ?? 0));
  }
  return loss;
}

/** Central difference in doubles; divided by the distance that float32 really kept. */
function numericGradient(layers: readonly WeightArray[], layer: number, index: number): number {
  const step = 2 ** -10;
  const moved = (by: number): WeightArray[] =>
    layers.map((each, at) => {
      const data = Float32Array.from(each.data);
      if (at === layer) data[index] = (data[index] ?? 0) + by;
      return { shape: each.shape, data };
    });
  const [up, down] = [moved(step), moved(-step)];
  const distance = (up[layer]?.data[index] ?? 0) - (down[layer]?.data[index] ?? 0);
  return (lossOf(up) - lossOf(down)) / distance;
}

describe('the hand-written gradient', () => {
  let tf: TensorFlow;
  beforeAll(async () => {
    tf = await loadTensorFlow();
  });

  it.each([0, 5])('equals the numeric one with %i hidden units', (hidden) => {
    const layers = initialParameters(7, dimensions, hidden, classes);
    for (const { data } of layers)
      for (let i = 0; i < data.length; i++) data[i] = (data[i] ?? 0) + random.normal() / 10;
    const targets = new Float32Array(rows * classes);
    for (const [row, label] of labels.entries()) targets[row * classes + label] = rowWeights[row] ?? 0;
    const found = tf.tidy(() => {
      const batch = {
        inputs: tf.tensor2d(inputs.slice(), [rows, dimensions + 1]),
        targets: tf.tensor2d(targets, [rows, classes]),
        rowWeights: tf.tensor2d(rowWeights, [rows, 1]),
      };
      const tensors = layers.map(({ shape: [height = 0, width = 0], data }) =>
        tf.tensor2d(data.slice(), [height, width]),
      );
      const penalties = layers.map(({ shape: [height = 0] }) =>
        tf.tensor2d(new Float32Array(height).fill(2 * l2, 0, height - 1), [height, 1]),
      );
      return gradients(tf, batch, tensors, penalties).map((gradient) => Array.from(gradient.dataSync()));
    });
    expect(found.map((gradient) => gradient.length)).toEqual(layers.map(({ data }) => data.length));
    for (const [layer, gradient] of found.entries()) {
      for (const [index, value] of gradient.entries()) {
        expect(Math.abs(value - numericGradient(layers, layer, index))).toBeLessThan(2e-5);
      }
    }
  });
});
