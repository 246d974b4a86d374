import { HilumError } from '../domain/errors.ts';
import type { Domain } from '../domain/image.ts';
import type { Golden } from '../domain/sealed-model.ts';
import type { Engine } from './engine.ts';

/** Largest difference between the stored and the present answers. */
const tolerance = 1e-4;
/** Mean of the input's values, which differ by hundredths where a rule of the preprocessing differs. */
const inputTolerance = 1e-3;

/**
 * Runs the golden inputs of a sealed model through preprocessing and network and compares with the stored answers.
 * @param makeInput the network's values for a synthetic picture, through the model's own contract
 * @throws HilumError `model/self-test-failed`, `model/not-finite`
 */
export async function runSelfTest(
  engine: Engine,
  golden: Golden,
  makeInput: (seed: number, domain: Domain) => Float32Array,
): Promise<void> {
  for (const [position, expected] of golden.entries()) {
    const input = makeInput(expected.seed, expected.domain);
    const inputDifference = Math.abs(meanOf(input) - expected.inputMean);
    const answers = await engine.run(input, 1);
    if (!answers.every(Number.isFinite)) throw new HilumError('model/not-finite', { what: 'the golden answer' });
    const sameLength = answers.length === expected.probabilities.length;
    const differences = expected.probabilities.map((value, index) => Math.abs(value - (answers[index] ?? 0)));
    const difference = Math.max(...differences);
    if (sameLength && difference <= tolerance && inputDifference <= inputTolerance) continue;
    const shown = inputDifference > inputTolerance ? inputDifference : difference;
    throw new HilumError('model/self-test-failed', { index: position + 1, difference: shown.toExponential(2) });
  }
}

/** Mean of an input's values, in double precision: `inputMean` of a golden input. */
export function meanOf(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
