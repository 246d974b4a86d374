import { readFile, writeFile } from 'node:fs/promises';
import type { AnsweringEvidence } from '../../src/pipeline/domain/calibration.ts';
import type { Contract } from '../../src/pipeline/domain/contract.ts';
import type { Network } from '../../src/pipeline/domain/network.ts';
import { notice } from '../../src/pipeline/domain/outcome.ts';
import type { Golden, Seal } from '../../src/pipeline/domain/sealed-model.ts';
import { applyContract } from '../../src/pipeline/images/index.ts';
import { channelsOf, sealModel, toOnnx } from '../../src/pipeline/network/index.ts';
import { goldenImage } from '../../src/pipeline/phantom/index.ts';
import { createEngine, meanOf } from '../../src/pipeline/predictions/index.ts';
import { withRandomWeights } from '../pipeline/network/random-network.ts';

const ordinary = ['Cyst', 'Normal', 'Stone'];

const contract: Contract = {
  version: 1,
  classes: ordinary,
  domains: ['display', 'hounsfield'],
  windows: [{ center: 40, width: 400 }],
  crop: 'none',
  padding: 'none',
  resize: 'area',
  size: 32,
  channels: 3,
  mean: 127,
  std: 128,
};

const window = { kernelSize: 4, stride: 4, padding: 'valid', bias: true, activation: 'relu' } as const;
const network: Network = {
  input: { size: contract.size, channels: 3 },
  nodes: [
    { op: 'conv', name: 'conv', input: 'input', filters: 8, ...window },
    { op: 'globalAveragePool', name: 'pool', input: 'conv' },
    { op: 'dense', name: 'head', input: 'pool', units: ordinary.length, activation: 'softmax' },
  ],
  output: 'head',
};

export interface TinyModelOptions {
  readonly seed?: number;
  readonly title?: string;
  readonly reviewBelow?: number;
  readonly evidence?: AnsweringEvidence;
  /** Sealed answers that the network does not give: every hash is right, and the self-test fails. */
  readonly wrongGolden?: boolean;
  /** Left out: grouped. */
  readonly honesty?: 'grouped' | 'leaky';
  /** Three names. */
  readonly classes?: readonly [string, string, string];
}

/** Seals a classifier of three layers with random weights, whole with golden answers: classifies in no time. */
export async function sealTinyModel(folder: string, options: TinyModelOptions = {}): Promise<Seal> {
  const weighted = withRandomWeights(network, options.seed ?? 3);
  const classes = [...(options.classes ?? ordinary)];
  const named: Contract = { ...contract, classes };
  const engine = await createEngine(toOnnx(weighted, { channels: channelsOf(named) }), { threads: 1 });
  const golden: Golden = [];
  try {
    for (const domain of named.domains) {
      const pixels = applyContract(goldenImage(1, domain), named);
      const probabilities = [...(await engine.run(pixels, 1))];
      if (options.wrongGolden === true) probabilities.reverse();
      golden.push({ seed: 1, domain, inputMean: meanOf(pixels), probabilities });
    }
  } finally {
    await engine.close();
  }
  return sealModel(folder, {
    network: weighted,
    contract: named,
    golden,
    calibration: { temperature: 1, review_below: options.reviewBelow ?? 0.4, evidence: options.evidence ?? null },
    card: {
      title: options.title ?? 'Tiny model',
      trained_on: 'nothing; random weights and synthetic images',
      data_notice: 'No data.',
      backbone: 'none',
      classes,
      counts: {},
      metrics: {},
      honesty: options.honesty ?? 'grouped',
      created_at: '2026-01-01T00:00:00.000Z',
      code_version: '0.1.0',
      notice,
    },
  });
}

/** Changes one bit of a file in place; twice is as before. */
export async function flipByte(path: string): Promise<void> {
  const bytes = await readFile(path);
  bytes[5] = (bytes[5] ?? 0) ^ 1;
  await writeFile(path, bytes);
}
