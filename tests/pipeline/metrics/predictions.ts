import type { Prediction } from '../../../src/pipeline/domain/metrics.ts';
import { randomFrom } from '../../../src/pipeline/domain/random.ts';

interface Study {
  readonly groups: number;
  readonly slicesPerGroup: number;
  readonly classes: number;
  /** How much the true class stands out; 0 = guessing. */
  readonly skill: number;
}

/** Predictions with patient effects: one scan a group, one class a scan, the truth known. */
export function randomPredictions(seed: number, { groups, slicesPerGroup, classes, skill }: Study): Prediction[] {
  const random = randomFrom('test predictions', seed);
  return Array.from({ length: groups }, (_, g) => {
    const truth = g < classes ? g : random.below(classes);
    const patientEffect = random.normal();
    return Array.from({ length: slicesPerGroup }, (_unused, s) => {
      const odds = Array.from({ length: classes }, (_none, k) =>
        Math.exp(random.normal() + (k === truth ? skill + patientEffect : 0)),
      );
      const sum = odds.reduce((total, odd) => total + odd, 0);
      return {
        image: `scan-${g}/${s}.png`,
        scan: `scan-${g}`,
        group: `patient-${g}`,
        truth,
        probabilities: odds.map((odd) => odd / sum),
      };
    });
  }).flat();
}
