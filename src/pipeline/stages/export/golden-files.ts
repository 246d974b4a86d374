import { join } from 'node:path';
import { writeFileAtomic } from '../../disk/atomic.ts';
import { HilumError } from '../../domain/errors.ts';
import { notice } from '../../domain/outcome.ts';
import type { Golden } from '../../domain/sealed-model.ts';
import { applyContract } from '../../images/index.ts';
import { toNpy } from '../../network/export/index.ts';
import type { SealedModel } from '../../network/index.ts';
import { goldenImage } from '../../phantom/index.ts';
import { createEngine } from '../../predictions/index.ts';

/** Largest difference between a sealed golden answer and the one of an exported network. */
export const exportTolerance = 1e-4;

/** Writes each golden question as a synthetic picture and as the network's input, with the sealed answers in golden.json. */
export async function writeGoldenFiles(folder: string, model: SealedModel): Promise<void> {
  const cases = [];
  for (const [index, { seed, domain, probabilities }] of model.golden.entries()) {
    const image = goldenImage(seed, domain);
    const { size, channels } = model.contract;
    const [picture, input] = [`golden/picture-${index + 1}.npy`, `golden/input-${index + 1}.npy`];
    const pixels = image.pixels instanceof Uint8Array ? image.pixels : Float32Array.from(image.pixels);
    await writeFileAtomic(join(folder, picture), toNpy(pixels, [image.height, image.width]));
    const values = applyContract(image, model.contract, channels);
    await writeFileAtomic(join(folder, input), toNpy(values, [1, size, size, channels]));
    cases.push({ seed, domain, picture, input, probabilities });
  }
  const golden = { notice, seal: model.sealHash, classes: model.contract.classes, cases };
  await writeFileAtomic(join(folder, 'golden.json'), `${JSON.stringify(golden, null, 2)}\n`);
}

/**
 * Asks an exported network the golden questions.
 * @returns largest difference from a sealed answer
 * @throws HilumError `export/differs` when it is above 1e-4
 */
export async function askGolden(onnx: Uint8Array, { golden, contract }: SealedModel): Promise<number> {
  const engine = await createEngine(onnx, { threads: 1 });
  try {
    let largest = 0;
    for (const { seed, domain, probabilities } of golden) {
      const answers = await engine.run(applyContract(goldenImage(seed, domain), contract, contract.channels), 1);
      largest = Math.max(largest, difference(answers, probabilities));
    }
    if (largest <= exportTolerance) return largest;
    throw new HilumError('export/differs', {
      what: `a golden answer is ${largest.toExponential(1)} from the sealed one`,
    });
  } finally {
    await engine.close();
  }
}

function difference(answers: Float32Array, expected: Golden[number]['probabilities']): number {
  if (answers.length !== expected.length || !answers.every(Number.isFinite)) return Number.POSITIVE_INFINITY;
  return Math.max(...expected.map((value, index) => Math.abs(value - (answers[index] ?? 0))));
}
