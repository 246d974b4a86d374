// Checks model.json and weights.bin in TensorFlow.js: npm install @tensorflow/tfjs, then node check.cjs
// Research use only. Not for diagnosis.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const tf = require('@tensorflow/tfjs');

const tolerance = 1e-4;
const read = (name) => readFileSync(join(__dirname, name));
const json = (name) => JSON.parse(read(name).toString('utf8'));
const bytesOf = (buffer) => buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.byteLength);

/** float32 values of a .npy file of version 1. */
function npy(name) {
  const file = read(name);
  return new Float32Array(bytesOf(file.subarray(10 + file.readUInt16LE(8))));
}

async function main() {
  const { modelTopology, weightsManifest } = json('model.json');
  const source = { modelTopology, weightSpecs: weightsManifest[0].weights, weightData: bytesOf(read('weights.bin')) };
  const model = await tf.loadLayersModel(tf.io.fromMemory(source));
  const { size, channels } = json('contract.json');
  const { cases } = json('golden.json');
  let largest = 0;
  for (const { input, probabilities } of cases) {
    const answers = await model.predict(tf.tensor4d(npy(input), [1, size, size, channels])).data();
    if (answers.length !== probabilities.length) largest = Number.POSITIVE_INFINITY;
    for (const [index, expected] of probabilities.entries()) {
      const difference = Math.abs(answers[index] - expected);
      if (!(difference <= largest)) largest = difference;
    }
  }
  const fine = largest <= tolerance;
  say(`${cases.length} golden inputs; largest deviation of an answer ${largest.toExponential(1)}`);
  say(fine ? 'OK' : 'NOT EQUAL (allowed 1e-4)');
  say('Research use only. Not for diagnosis.');
  return fine;
}

const say = (line) => process.stdout.write(`${line}\n`);

main().then(
  (fine) => {
    process.exitCode = fine ? 0 : 1;
  },
  (error) => {
    process.stderr.write(`${error}\n`);
    process.exitCode = 1;
  },
);
