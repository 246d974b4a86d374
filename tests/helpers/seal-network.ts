import type { Contract } from '../../src/pipeline/domain/contract.ts';
import type { Network, WeightedNetwork } from '../../src/pipeline/domain/network.ts';
import { notice } from '../../src/pipeline/domain/outcome.ts';
import type { Golden, Seal } from '../../src/pipeline/domain/sealed-model.ts';
import { applyContract } from '../../src/pipeline/images/index.ts';
import { channelsOf, sealModel, toOnnx } from '../../src/pipeline/network/index.ts';
import { goldenImage } from '../../src/pipeline/phantom/index.ts';
import { createEngine, meanOf } from '../../src/pipeline/predictions/index.ts';
import { withRandomWeights } from '../pipeline/network/random-network.ts';

type Node = Network['nodes'][number];
const classes = ['Cyst', 'Normal', 'Stone'];
const head: Node[] = [
  { op: 'globalAveragePool', name: 'pool', input: 'last' },
  { op: 'dropout', name: 'head_dropout', input: 'pool', rate: 0.2 },
  { op: 'dense', name: 'head', input: 'head_dropout', units: classes.length, activation: 'softmax' },
];
const plain = { padding: 'same', bias: true, activation: 'relu' } as const;
const bare = { padding: 'same', bias: false, activation: 'linear' } as const;

/** Small networks that together have every kind of layer; each ends in `head`. */
export const everyLayer: Readonly<Record<string, readonly Node[]>> = {
  'like VGG: convolutions and maxima': [
    { op: 'conv', name: 'block1/conv1', input: 'input', filters: 6, kernelSize: 3, stride: 1, ...plain },
    { op: 'maxPool', name: 'pool1', input: 'block1/conv1', poolSize: 2, stride: 2 },
    { op: 'conv', name: 'conv2', input: 'pool1', filters: 9, kernelSize: 3, stride: 1, ...plain },
    { op: 'maxPool', name: 'pool2', input: 'conv2', poolSize: 3, stride: 2, padding: 'same' },
    { op: 'flatten', name: 'flatten', input: 'pool2' },
    { op: 'dense', name: 'hidden', input: 'flatten', units: 7, activation: 'tanh' },
    { op: 'dense', name: 'head', input: 'hidden', units: classes.length, activation: 'softmax' },
  ],
  'like MobileNetV2: pads, depthwise, BatchNorm, ReLU6, sums': [
    { op: 'pad', name: 'pad', input: 'input', pads: [0, 1, 0, 1] },
    { op: 'conv', name: 'stem', input: 'pad', filters: 8, kernelSize: 3, stride: 2, ...bare, padding: 'valid' },
    { op: 'batchNorm', name: 'stem_bn', input: 'stem', epsilon: 1e-3 },
    { op: 'activation', name: 'stem_relu', input: 'stem_bn', activation: 'relu6' },
    { op: 'depthwise', name: 'dw', input: 'stem_relu', kernelSize: 3, stride: 1, ...bare },
    { op: 'batchNorm', name: 'dw_bn', input: 'dw', epsilon: 1e-3 },
    { op: 'add', name: 'sum', inputs: ['dw_bn', 'stem_relu'] },
    { op: 'depthwise', name: 'last', input: 'sum', kernelSize: 5, stride: 2, ...plain, activation: 'relu6' },
    ...head,
  ],
  'branches of unequal length, joined and added': [
    { op: 'conv', name: 'a', input: 'input', filters: 5, kernelSize: 3, stride: 2, ...plain, activation: 'relu6' },
    { op: 'conv', name: 'z', input: 'a', filters: 5, kernelSize: 1, stride: 1, ...plain },
    { op: 'conv', name: 'b', input: 'a', filters: 5, kernelSize: 3, stride: 1, ...bare },
    { op: 'batchNorm', name: 'c', input: 'b', epsilon: 1e-5 },
    { op: 'leakyRelu', name: 'd', input: 'c', alpha: 0.1 },
    { op: 'add', name: 'e', inputs: ['d', 'z'] },
    { op: 'averagePool', name: 'f', input: 'e', poolSize: 3, stride: 2, padding: 'same' },
    { op: 'globalAveragePool', name: 'g', input: 'f' },
    { op: 'globalMaxPool', name: 'h', input: 'a' },
    { op: 'concat', name: 'i', inputs: ['g', 'h'] },
    { op: 'dense', name: 'hidden', input: 'i', units: 6, activation: 'sigmoid' },
    { op: 'dense', name: 'head', input: 'hidden', units: classes.length, activation: 'softmax' },
  ],
};

export const smallContract: Contract = {
  version: 1,
  classes,
  domains: ['display', 'hounsfield'],
  windows: [{ center: 40, width: 400 }],
  crop: 'body',
  padding: 'square',
  resize: 'bilinear',
  size: 24,
  channels: 3,
  mean: 127.5,
  std: 127.5,
};

/** One of these networks with random weights. */
export function networkOf(nodes: readonly Node[], { size, channels }: Contract = smallContract): WeightedNetwork {
  return withRandomWeights({ input: { size, channels }, nodes, output: 'head' }, 5);
}

/** Seals a network whole, with the golden answers that it gives. */
export async function sealNetwork(
  folder: string,
  network: WeightedNetwork,
  contract: Contract = smallContract,
): Promise<Seal> {
  const engine = await createEngine(toOnnx(network, { channels: channelsOf(contract) }), { threads: 1 });
  const golden: Golden = [];
  try {
    for (const [index, domain] of contract.domains.entries()) {
      const pixels = applyContract(goldenImage(index + 1, domain), contract, contract.channels);
      const probabilities = [...(await engine.run(pixels, 1))];
      golden.push({ seed: index + 1, domain, inputMean: meanOf(pixels), probabilities });
    }
  } finally {
    await engine.close();
  }
  return sealModel(folder, {
    network,
    contract,
    golden,
    calibration: { temperature: 1, review_below: 0.4, evidence: null },
    card: {
      title: 'Small model',
      trained_on: 'nothing; random weights and synthetic images',
      data_notice: 'No data.',
      backbone: 'efficientnet-lite0',
      classes: contract.classes,
      counts: {},
      metrics: {},
      honesty: 'grouped',
      created_at: '2026-01-01T00:00:00.000Z',
      code_version: '0.1.0',
      notice,
    },
  });
}
