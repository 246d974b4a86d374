/** Trains all layers of a small EfficientNet-Lite0 for some steps and prints the hash of what came out. */
import { createHash } from 'node:crypto';
import { attachHead, featureNetwork, findBackbone, loadBackbone } from '../../../../src/pipeline/network/index.ts';
import { loadTensorFlow, openNetworkSession } from '../../../../src/pipeline/training/index.ts';
import { randomBatch, trainableNames } from './batch.ts';

const loaded = await loadBackbone('efficientnet-lite0', { size: 64 });
const features = featureNetwork(loaded, findBackbone('efficientnet-lite0'), ['top']);
const whole = attachHead(features, { dropout: 0.2, hidden: 8, classes: 3 });
const tf = await loadTensorFlow('network');
const names = trainableNames(whole);
const session = openNetworkSession(tf, whole, { trainable: new Set(names), l2: 1e-4 });
const rates = new Map(names.map((name) => [name, 1e-3]));
for (let step = 0; step < 6; step++) session.step(randomBatch(whole.network, step, 8, 3, 1280), rates);
const hash = createHash('sha256');
const { parameters, firstMoments, secondMoments } = session.read();
for (const arrays of [parameters, firstMoments, secondMoments]) {
  for (const { data } of arrays.values()) hash.update(data);
}
session.dispose();
console.log(hash.digest('hex'));
