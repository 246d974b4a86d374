/**
 * Steps of fine-tuning on EfficientNet-Lite0 in this process; the side of ours in bench/fine-tune.ts. One JSON line.
 *
 *   fine-tune-steps.ts WEIGHTS PRESET BATCH STEPS
 *
 * PRESET: all | top-blocks (the last two blocks and the head). bench/keras/fine_tune.py does the same with Keras.
 */
import { attachHead, featureNetwork, findBackbone, loadBackbone } from '../../src/pipeline/network/index.ts';
import { loadTensorFlow, openNetworkSession, type PixelBatch } from '../../src/pipeline/training/index.ts';

const [weightsFolder, preset, batchWord, stepsWord] = process.argv.slice(2);
const [batch, steps] = [Number(batchWord), Number(stepsWord)];
const warmUp = 3;
const [size, classes, dimensions] = [224, 4, 1280];

/** The same numbers on both sides, between -1 and 1. */
const noise = (count: number): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => (Math.imul(i, 2654435761) >>> 0) / 2 ** 31 - 1);

const loaded = await loadBackbone('efficientnet-lite0', { size, weightsFolder });
const features = featureNetwork(loaded, findBackbone('efficientnet-lite0'), ['top']);
const kernel = noise(dimensions * classes).map((value) => value / 20);
const head = new Map([
  ['head/kernel', { shape: [dimensions, classes], data: kernel }],
  ['head/bias', { shape: [classes], data: new Float32Array(classes) }],
]);
const whole = attachHead(features, { dropout: 0.2, hidden: 0, classes, weights: head });
const trained = [...whole.weights.keys()].filter(
  (name) => preset === 'all' || /^(block6d|block7a|top|head)/.test(name),
);

const tf = await loadTensorFlow('network');
const session = openNetworkSession(tf, whole, { trainable: new Set(trained), l2: 0 });
const rates = new Map(trained.map((name) => [name, 1e-4]));
const pixels = noise(batch * size * size * 3);
const pixelBatch = (): PixelBatch => ({
  rows: batch,
  pixels: pixels.slice(),
  targets: Float32Array.from({ length: batch * classes }, (_, i) =>
    i % classes === Math.floor(i / classes) % classes ? 1 / batch : 0,
  ),
  rowWeights: new Float32Array(batch).fill(1 / batch),
  mask: Float32Array.from({ length: batch * dimensions }, () => (Math.random() < 0.2 ? 0 : 1 / 0.8)),
});

const logits = [...session.predict(pixels.slice(0, size * size * 3), 1)];
for (let step = 0; step < warmUp; step++) session.step(pixelBatch(), rates);
const processorStart = process.cpuUsage();
const milliseconds = Array.from({ length: steps }, () => {
  const started = performance.now();
  session.step(pixelBatch(), rates);
  return (performance.now() - started) / batch;
}).sort((a, b) => a - b);
const processor = process.cpuUsage(processorStart);
session.dispose();
console.log(
  JSON.stringify({
    msPerImage: milliseconds[Math.floor(steps / 2)],
    processorMsPerImage: (processor.user + processor.system) / 1000 / batch / steps,
    peakMb: process.resourceUsage().maxRSS / 1024,
    logits,
  }),
);
