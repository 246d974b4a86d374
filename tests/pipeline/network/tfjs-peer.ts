import * as tf from '@tensorflow/tfjs';
import type { WeightedNetwork } from '../../../src/pipeline/domain/network.ts';
import { toTfjs } from '../../../src/pipeline/network/index.ts';

/** Answers of tfjs itself (JavaScript backend) for a network that we wrote. */
export async function answersOfTfjs(net: WeightedNetwork, input: Float32Array, count: number): Promise<Float32Array> {
  await tf.setBackend('cpu');
  const { modelJson, weights } = toTfjs(net);
  const json: { modelTopology: object; weightsManifest: { weights: tf.io.WeightsManifestEntry[] }[] } = JSON.parse(
    JSON.stringify(modelJson),
  );
  const model = await tf.loadLayersModel(
    tf.io.fromMemory({
      modelTopology: json.modelTopology,
      weightSpecs: json.weightsManifest[0]?.weights ?? [],
      weightData: new Uint8Array(weights).buffer,
    }),
  );
  const { size, channels } = net.network.input;
  const x = tf.tensor4d(input, [count, size, size, channels]);
  const y = model.predict(x);
  if (Array.isArray(y)) throw new Error('expected one output');
  const answers = Float32Array.from(await y.data());
  tf.dispose([x, y]);
  model.dispose();
  return answers;
}

export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let index = 0; index < a.length; index++) {
    const difference = Math.abs((a[index] ?? Number.NaN) - (b[index] ?? Number.NaN));
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
}
