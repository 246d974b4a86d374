/** Probabilities of one case with its true class, each a share 0..1. */
export interface Labelled {
  readonly truth: number;
  readonly probabilities: readonly number[];
}

export interface TemperatureFit {
  /** Above 1: the model was too sure. */
  readonly temperature: number;
  /** Mean negative log-likelihood in nats at temperature 1. */
  readonly before: number;
  /** The same at the fitted temperature, never above `before`. */
  readonly after: number;
  /** True: the best value lies at or beyond the range tried; the cases do not bound it (all right, or at chance). */
  readonly atBound: boolean;
}

/** Range that a temperature is looked for in. */
export const temperatureRange = { least: 0.05, greatest: 20 } as const;

/** Smallest float32 above 0: what a probability that was stored as 0 may have been. */
const smallestProbability = 2 ** -149;

/** Bisections of the logarithm: ln(400) / 2^60 is far below float64's step. */
const halvings = 60;

/**
 * Temperature scaling (Guo et al. 2017, section 4.2): the T that minimises the mean negative log-likelihood of
 * softmax(z / T). Probabilities serve as logits through their logarithm, which differs by a constant a case. In 1/T the loss
 * is convex, so its slope has one root, found by bisection: the same on every machine.
 * @param cases of validation groups only, at least one
 */
export function temperatureFit(cases: readonly Labelled[]): TemperatureFit {
  if (cases.length === 0) throw new RangeError('expected at least one case');
  const logits = cases.map(({ probabilities }) => probabilities.map(logit));
  const slope = (temperature: number) => totals(cases, logits, 1 / temperature).slope;
  let low = Math.log(temperatureRange.least);
  let high = Math.log(temperatureRange.greatest);
  const before = totals(cases, logits, 1).loss;
  // The slope in 1/T falls as T rises: at the low end it is positive unless sharper is better still.
  const bound = slope(Math.exp(low)) <= 0 ? low : slope(Math.exp(high)) >= 0 ? high : undefined;
  for (let i = 0; bound === undefined && i < halvings; i++) {
    const middle = (low + high) / 2;
    if (slope(Math.exp(middle)) > 0) low = middle;
    else high = middle;
  }
  const temperature = Math.exp(bound ?? (low + high) / 2);
  const after = totals(cases, logits, 1 / temperature).loss;
  // At the root itself rounding may leave the loss a hair above the loss at 1.
  if (after >= before) return { temperature: 1, before, after: before, atBound: bound !== undefined };
  return { temperature, before, after, atBound: bound !== undefined };
}

/** softmax(ln p / T): sharper below 1, flatter above; the order of the classes stays. Sums to 1. @param temperature above 0 */
export function withTemperature(probabilities: readonly number[], temperature: number): number[] {
  if (!(temperature > 0)) throw new RangeError('expected a temperature above 0');
  if (temperature === 1) return [...probabilities];
  return softmax(
    probabilities.map((each) => logit(each)),
    1 / temperature,
  );
}

function logit(probability: number): number {
  return Math.log(Math.max(smallestProbability, probability));
}

function softmax(logits: readonly number[], sharpness: number): number[] {
  const greatest = Math.max(...logits);
  const powers = logits.map((each) => Math.exp((each - greatest) * sharpness));
  const sum = powers.reduce((total, each) => total + each, 0);
  return powers.map((each) => each / sum);
}

/** Mean loss at a sharpness 1/T, and its derivative: expected logit under the model less the logit of the truth. */
function totals(
  cases: readonly Labelled[],
  logits: readonly (readonly number[])[],
  sharpness: number,
): { loss: number; slope: number } {
  let loss = 0;
  let slope = 0;
  cases.forEach(({ truth }, i) => {
    const row = logits[i] ?? [];
    const greatest = Math.max(...row);
    let sum = 0;
    let expected = 0;
    for (const each of row) {
      const power = Math.exp((each - greatest) * sharpness);
      sum += power;
      expected += power * each;
    }
    const ofTruth = row[truth] ?? Number.NaN;
    loss += Math.log(sum) - (ofTruth - greatest) * sharpness;
    slope += expected / sum - ofTruth;
  });
  return { loss: loss / cases.length, slope: slope / cases.length };
}
