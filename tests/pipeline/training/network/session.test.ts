import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Network, WeightedNetwork, Weights } from '../../../../src/pipeline/domain/network.ts';
import {
  attachHead,
  featureNetwork,
  findBackbone,
  loadBackbone,
  readTfjs,
  writeTfjs,
} from '../../../../src/pipeline/network/index.ts';
import { loadTensorFlow, openNetworkSession, type TensorFlow } from '../../../../src/pipeline/training/index.ts';
import { randomNetwork, withRandomWeights } from '../../network/random-network.ts';
import { randomBatch, trainableNames } from './batch.ts';

let tf: TensorFlow;
let folder: string;
beforeAll(async () => {
  tf = await loadTensorFlow('network');
  folder = await mkdtemp(join(tmpdir(), 'hilum-network-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const rate = 0.01;
const ratesOf = (names: readonly string[]): Map<string, number> => new Map(names.map((name) => [name, rate]));

function hashOf(weights: Weights): string {
  const hash = createHash('sha256');
  for (const [name, { data }] of weights) hash.update(name).update(data);
  return hash.digest('hex');
}

/** A layers-model with BatchNorm, written as tfjs files and read as an imported one is. */
async function importedNetwork(): Promise<WeightedNetwork> {
  await writeTfjs(folder, withRandomWeights(withBatchNorm, 11));
  return readTfjs(folder);
}

async function liteNetwork(): Promise<WeightedNetwork> {
  const loaded = await loadBackbone('efficientnet-lite0', { size: 32 });
  const features = featureNetwork(loaded, findBackbone('efficientnet-lite0'), ['top']);
  return attachHead(features, { dropout: 0.2, hidden: 0, classes: 3 });
}

describe('a session of fine-tuning', () => {
  it('lowers the loss of a batch that it sees again and again', () => {
    const whole = randomNetwork(4);
    const names = trainableNames(whole);
    const session = openNetworkSession(tf, whole, { trainable: new Set(names), l2: 0 });
    const batch = randomBatch(whole.network, 4, 6, 3);
    const lossNow = (): number => crossEntropy(session.predict(batch.pixels.slice(), 6), batch.targets);
    const before = lossNow();
    for (let step = 0; step < 30; step++) session.step(copied(batch), ratesOf(names));
    expect(lossNow()).toBeLessThan(before * 0.9);
    session.dispose();
  });

  it('keeps the number of tensors from step to step and leaves none behind', () => {
    const atStart = tf.memory().numTensors;
    const whole = withRandomWeights(withBatchNorm, 1);
    const names = trainableNames(whole);
    const session = openNetworkSession(tf, whole, { trainable: new Set(names), l2: 0.01 });
    const batch = randomBatch(whole.network, 1, 4, 3, 6);
    const step = (some: readonly string[]): number => {
      session.step(copied(batch), ratesOf(some));
      session.predict(batch.pixels.slice(), 4);
      session.read();
      return tf.memory().numTensors;
    };
    const afterFirst = step(names);
    expect([step(names), step(['head/kernel']), step(names)]).toEqual([afterFirst, afterFirst, afterFirst]);
    session.dispose();
    expect(tf.memory().numTensors).toBe(atStart);
  });

  it('makes the update of Adam, with the penalty on kernels of the head alone', () => {
    const whole = withRandomWeights(withBatchNorm, 2);
    const l2 = 0.5;
    const names = ['head/kernel', 'head/bias', 'conv/kernel'];
    const after = [0, l2].map((penalty) => {
      const session = openNetworkSession(tf, whole, { trainable: new Set(names), l2: penalty });
      session.step(randomBatch(whole.network, 2, 4, 3), ratesOf(names));
      const state = session.read();
      session.dispose();
      return state;
    });
    for (const name of names) {
      const [plain, penalised] = after.map((state) => state.firstMoments.get(name)?.data ?? new Float32Array());
      const start = whole.weights.get(name)?.data ?? new Float32Array();
      const factor = name === 'head/kernel' ? 2 * l2 : 0;
      plain?.forEach((moment, i) => {
        const gradient = 10 * moment + factor * (start[i] ?? 0);
        expect(10 * (penalised?.[i] ?? Number.NaN)).toBeCloseTo(gradient, 4);
        const second = 0.001 * gradient ** 2;
        expect(after[1]?.secondMoments.get(name)?.data[i]).toBeCloseTo(second, 5);
        const moved = (start[i] ?? 0) - (rate * 0.1 * gradient) / (Math.sqrt(second) + 1e-7);
        expect(after[1]?.parameters.get(name)?.data[i]).toBeCloseTo(moved, 4);
      });
    }
  });

  it('leaves what has no rate as it was, to the bit', () => {
    const whole = randomNetwork(9);
    const names = trainableNames(whole);
    const session = openNetworkSession(tf, whole, { trainable: new Set(names), l2: 0 });
    session.step(randomBatch(whole.network, 9, 3, 3), ratesOf(['head/kernel', 'head/bias']));
    for (const [name, { data }] of session.read().parameters) {
      const isSame = Buffer.from(data.buffer).equals(
        Buffer.from(Float32Array.from(whole.weights.get(name)?.data ?? []).buffer),
      );
      expect(isSame, name).toBe(!name.startsWith('head/'));
    }
    session.dispose();
  });

  it('goes on from a state as if it had never stopped', () => {
    const whole = withRandomWeights(withBatchNorm, 3);
    const trainable = new Set(trainableNames(whole));
    const train = (session: ReturnType<typeof openNetworkSession>, steps: readonly number[]): void => {
      for (const step of steps) session.step(randomBatch(whole.network, step, 4, 3, 6), ratesOf([...trainable]));
    };
    const straight = openNetworkSession(tf, whole, { trainable, l2: 0.01 });
    train(straight, [1, 2, 3, 4]);
    const first = openNetworkSession(tf, whole, { trainable, l2: 0.01 });
    train(first, [1, 2]);
    const state = first.read();
    first.dispose();
    const second = openNetworkSession(tf, whole, { trainable, l2: 0.01, state });
    train(second, [3, 4]);
    for (const kind of ['parameters', 'firstMoments', 'secondMoments'] as const) {
      expect(hashOf(second.read()[kind])).toBe(hashOf(straight.read()[kind]));
    }
    straight.dispose();
    second.dispose();
  });

  it('refuses to train what it cannot', () => {
    const whole = withRandomWeights(withBatchNorm, 3);
    for (const name of ['norm/moving_mean', 'norm/moving_variance', 'nothing/kernel']) {
      expect(() => openNetworkSession(tf, whole, { trainable: new Set([name]), l2: 0 })).toThrow(
        `${name} cannot be trained`,
      );
    }
  });
});

describe('batch normalisation', () => {
  it('of an imported network answers in inference mode and keeps its moving statistics, all layers trained', async () => {
    const whole = await importedNetwork();
    expect([...whole.weights.keys()]).toContain('norm/moving_mean');
    const names = trainableNames(whole);
    const statistics = new Map([...whole.weights].filter(([name]) => name.includes('/moving_')));
    const before = hashOf(statistics);
    const session = openNetworkSession(tf, whole, { trainable: new Set(names), l2: 0 });
    const pixels = randomBatch(whole.network, 1, 1, 3).pixels;
    // In inference mode a row's answer does not depend on the rows beside it.
    const beside = Float32Array.from([...pixels, ...pixels.map((value) => 5 * value + 1)]);
    const alone = session.predict(pixels.slice(), 1);
    expect(closeness(session.predict(beside, 2).subarray(0, 3), alone)).toBeLessThan(1e-5);
    for (let step = 0; step < 5; step++) session.step(randomBatch(whole.network, step, 4, 3, 6), ratesOf(names));
    const { parameters } = session.read();
    expect([...parameters.keys()].filter((name) => name.includes('/moving_'))).toEqual([]);
    expect(hashOf(statistics)).toBe(before);
    expect(parameters.get('norm/gamma')?.data).not.toEqual(whole.weights.get('norm/gamma')?.data);
    // What came out, with the statistics that went in, answers as the session does.
    const trained = { network: whole.network, weights: new Map([...whole.weights, ...parameters]) };
    const again = openNetworkSession(tf, trained, { trainable: new Set(), l2: 0 });
    expect(again.predict(pixels.slice(), 1)).toEqual(session.predict(pixels.slice(), 1));
    session.dispose();
    again.dispose();
  });

  it('is folded away in our backbones: there are no statistics, and frozen layers answer as before, to the bit', async () => {
    const whole = await liteNetwork();
    expect([...whole.weights.keys()].filter((name) => /moving_|gamma|beta/.test(name))).toEqual([]);
    const names = trainableNames(whole).filter((name) => /^(block7a|top|head)/.test(name));
    const frozen = new Map([...whole.weights].filter(([name]) => !names.includes(name)));
    const cut: WeightedNetwork = { network: { ...whole.network, output: 'block6d_add' }, weights: whole.weights };
    const lower = (net: WeightedNetwork): Float32Array => {
      const session = openNetworkSession(tf, net, { trainable: new Set(), l2: 0 });
      const answer = session.predict(randomBatch(whole.network, 5, 1, 3).pixels, 1);
      session.dispose();
      return answer;
    };
    const before = { hash: hashOf(frozen), answer: lower(cut) };
    const session = openNetworkSession(tf, whole, { trainable: new Set(names), l2: 1e-4 });
    for (let step = 0; step < 3; step++) session.step(randomBatch(whole.network, step, 4, 3, 1280), ratesOf(names));
    const trained = new Map([...whole.weights, ...session.read().parameters]);
    session.dispose();
    expect(hashOf(new Map([...trained].filter(([name]) => !names.includes(name))))).toBe(before.hash);
    expect(lower({ network: cut.network, weights: trained })).toEqual(before.answer);
  });
});

describe('equal trainings', () => {
  it('give equal bytes in two processes at once, also while signals arrive every 100 us', async () => {
    const script = fileURLToPath(new URL('./train-lite.ts', import.meta.url));
    const run = async (...profiler: readonly string[]): Promise<string> =>
      (await promisify(execFile)(process.execPath, [...profiler, script])).stdout;
    // The profiler works by signals, which TensorFlow's code has been seen to corrupt memory at.
    const signals = ['--cpu-prof', '--cpu-prof-interval', '100', '--cpu-prof-dir', folder];
    const [first, second] = await Promise.all([run(), run(...signals)]);
    expect(first).toMatch(/^[0-9a-f]{64}\n$/);
    expect(second).toBe(first);
  });
});

function copied<
  T extends {
    readonly pixels: Float32Array;
    readonly targets: Float32Array;
    readonly rowWeights: Float32Array;
    readonly mask: Float32Array | undefined;
  },
>(batch: T): T {
  const { pixels, targets, rowWeights, mask } = batch;
  return {
    ...batch,
    pixels: pixels.slice(),
    targets: targets.slice(),
    rowWeights: rowWeights.slice(),
    mask: mask?.slice(),
  };
}

function crossEntropy(logits: Float32Array, targets: Float32Array): number {
  let loss = 0;
  for (let row = 0; row < logits.length / 3; row++) {
    const values = [...logits.subarray(row * 3, row * 3 + 3)];
    const total = Math.log(values.reduce((sum, value) => sum + Math.exp(value), 0));
    values.forEach((value, c) => {
      loss += (targets[row * 3 + c] ?? 0) * (total - value);
    });
  }
  return loss;
}

function closeness(a: Float32Array, b: Float32Array): number {
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? Number.NaN))), 0);
}

const withBatchNorm: Network = {
  input: { size: 8, channels: 3 },
  nodes: [
    {
      op: 'conv',
      name: 'conv',
      input: 'input',
      filters: 6,
      kernelSize: 3,
      stride: 2,
      padding: 'same',
      bias: false,
      activation: 'linear',
    },
    { op: 'batchNorm', name: 'norm', input: 'conv', epsilon: 1e-3 },
    { op: 'activation', name: 'relu', input: 'norm', activation: 'relu6' },
    { op: 'globalAveragePool', name: 'features', input: 'relu' },
    { op: 'dropout', name: 'head_dropout', input: 'features', rate: 0.3 },
    { op: 'dense', name: 'head', input: 'head_dropout', units: 3, activation: 'softmax' },
  ],
  output: 'head',
};
