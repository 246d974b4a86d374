import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { resourcePath } from '../../../src/pipeline/disk/resources.ts';
import { HilumError } from '../../../src/pipeline/domain/errors.ts';
import {
  attachHead,
  backbones,
  countParameters,
  featureDimensions,
  featureNetwork,
  findBackbone,
  foldBatchNorm,
  loadBackbone,
  readTfjs,
  toOnnx,
} from '../../../src/pipeline/network/index.ts';
import { shapesOf, weightShapes } from '../../../src/pipeline/network/shapes.ts';
import { elementsOf, withWeights } from '../../../src/pipeline/network/weights.ts';
import { createEngine } from '../../../src/pipeline/predictions/index.ts';
import { randomInput } from './random-network.ts';
import { answersOfTfjs, largestDifference } from './tfjs-peer.ts';

const mobilenetFolder = fileURLToPath(
  new URL('../../../../shared/data/models/imagenet-mobilenet-v2-0.35-96-notop-tfjs-layers', import.meta.url),
);

describe('backbones', () => {
  it('name every feature level once and end each in a map', () => {
    for (const backbone of backbones) {
      const network = backbone.build(64);
      const shapes = shapesOf(network);
      expect(new Set(backbone.features).size).toBe(backbone.features.length);
      expect(backbone.features[0]).toBe('top');
      expect(network.output).toBe(backbone.nodeOfFeature('top'));
      for (const level of backbone.features) expect(shapes.get(backbone.nodeOfFeature(level))?.kind).toBe('map');
    }
  });

  it('have the parameter counts that Keras and the weights’ README give', () => {
    const count = (id: string): number => {
      const shapes = [...weightShapes(findBackbone(id).build(32)).values()];
      return shapes.reduce((sum, shape) => sum + elementsOf(shape), 0);
    };
    expect(count('efficientnet-lite0')).toBe(3_413_024);
    expect(count('mobilenet-v2')).toBe(2_257_984);
    // Keras Applications: 14,714,688; the fixed channel shift has six more.
    expect(count('vgg16')).toBe(14_714_688 + 6);
  });

  it('suggest the nearest name for an unknown backbone or feature level', async () => {
    expect(() => findBackbone('efficientnet-lite')).toThrow(
      new HilumError('network/unknown-backbone', { name: 'efficientnet-lite', nearest: 'efficientnet-lite0' }),
    );
    const backbone = findBackbone('efficientnet-lite0');
    const loaded = await loadBackbone('efficientnet-lite0', { size: 32 });
    const attempt = () => featureNetwork(loaded, backbone, ['blok3']);
    expect(attempt).toThrow('network/unknown-tap');
    await expect(loadBackbone('vgg16', { size: 32 })).rejects.toThrow('network/weights-missing');
  });
});

describe('efficientnet-lite0 as shipped', () => {
  it('is the same network as its model.json says', async () => {
    const read = await readTfjs(resourcePath('backbones', 'efficientnet-lite0'));
    expect(read.network).toEqual(findBackbone('efficientnet-lite0').build(224));
  });

  it('gives equal features folded by ONNX Runtime and unfolded by tfjs', async () => {
    const loaded = await loadBackbone('efficientnet-lite0', { size: 32 });
    const backbone = findBackbone('efficientnet-lite0');
    const features = featureNetwork(loaded, backbone, ['block5', 'top']);
    expect(featureDimensions(features.network)).toBe(112 + 1280);
    expect(features.network.nodes.some((node) => node.op === 'batchNorm')).toBe(false);
    const input = randomInput(features.network, 4);
    const engine = await createEngine(toOnnx(features), { threads: 1 });
    const ours = await engine.run(input, 1);
    await engine.close();
    expect(largestDifference(ours, await answersOfTfjs(features, input, 1))).toBeLessThan(1e-4);
    const unfoldedTop = { op: 'globalAveragePool', name: 'features', input: loaded.network.output } as const;
    const unfolded = { ...loaded.network, nodes: [...loaded.network.nodes, unfoldedTop], output: 'features' };
    const top = await answersOfTfjs({ network: unfolded, weights: loaded.weights }, input, 1);
    expect(largestDifference(ours.subarray(112), top)).toBeLessThan(1e-4);
  });

  it('counts frozen and trainable parameters with a head', async () => {
    const loaded = await loadBackbone('efficientnet-lite0', { size: 224 });
    const features = featureNetwork(loaded, findBackbone('efficientnet-lite0'), ['top']);
    const whole = attachHead(features, { dropout: 0.2, hidden: 16, classes: 4 });
    // Each of the 21,008 normalised channels had gamma, beta, mean and variance and keeps one bias.
    const trainable = 1280 * 16 + 16 + 16 * 4 + 4;
    expect(countParameters(whole).trainable).toBe(trainable);
    expect(countParameters(whole).frozen).toBe(3_413_024 - 3 * 21_008);
  });
});

describe.skipIf(!existsSync(mobilenetFolder))('mobilenet-v2 with the weights of ../shared/data', () => {
  it('infers the width 0.35, and folded equals unfolded in tfjs', async () => {
    const loaded = await loadBackbone('mobilenet-v2', { size: 32, weightsFolder: mobilenetFolder });
    const parameters = countParameters(loaded, () => true);
    expect(parameters.frozen + parameters.trainable).toBe(410_208);
    const pool = { op: 'globalAveragePool', name: 'features', input: loaded.network.output } as const;
    const network = { ...loaded.network, nodes: [...loaded.network.nodes, pool], output: 'features' };
    const unfolded = { network, weights: loaded.weights };
    const input = randomInput(network, 5);
    const before = await answersOfTfjs(unfolded, input, 1);
    expect(largestDifference(await answersOfTfjs(foldBatchNorm(unfolded), input, 1), before)).toBeLessThan(1e-4);
  });

  it('equals the network of the file itself, whose strided blocks pad with a layer of their own', async () => {
    const fromFile = await readTfjs(mobilenetFolder);
    const { size } = fromFile.network.input;
    const built = await loadBackbone('mobilenet-v2', { size, weightsFolder: mobilenetFolder });
    const pool = { op: 'globalAveragePool', name: 'features' } as const;
    const answers = [fromFile, built].map(async ({ network, weights }) => {
      const nodes = [...network.nodes, { ...pool, input: network.output }];
      const onnx = toOnnx(foldBatchNorm({ network: { ...network, nodes, output: 'features' }, weights }));
      const engine = await createEngine(onnx, { threads: 1 });
      const result = await engine.run(randomInput(network, 6), 1);
      await engine.close();
      return result;
    });
    const [ours, theirs] = await Promise.all(answers);
    expect(largestDifference(ours ?? [], theirs ?? [Number.NaN])).toBeLessThan(1e-4);
  });
});

describe('vgg16', () => {
  it('subtracts each channel’s own mean as Keras’ preprocess_input does', async () => {
    const { valueRange, build, fixedWeights } = findBackbone('vgg16');
    const { input: pixels, nodes } = build(32);
    const pool = { op: 'globalAveragePool', name: 'features', input: 'channel_shift' } as const;
    const first = { input: pixels, nodes: [...nodes.slice(0, 1), pool], output: 'features' };
    const cut = withWeights(first, fixedWeights ?? new Map(), 'VGG16');
    const engine = await createEngine(toOnnx(cut), { threads: 1 });
    const grey = 200;
    const input = new Float32Array(32 * 32 * 3).fill((grey - valueRange.mean) / valueRange.std);
    const answers = [...(await engine.run(input, 1))];
    await engine.close();
    for (const [channel, mean] of [103.939, 116.779, 123.68].entries()) {
      expect(answers[channel]).toBeCloseTo(grey - mean, 3);
    }
  });
});
