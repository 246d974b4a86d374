/** Figures of one part from the predictions of all its rows. */
export interface PartMetrics {
  /** Σ weight × cross-entropy / Σ weight, without penalties. */
  readonly loss: number;
  readonly accuracy: number;
  /** Mean sensitivity over the classes that the part holds. */
  readonly balancedAccuracy: number;
}

/**
 * @param logits [labels.length, classes], row-major; sums run in doubles
 * @param weights one a class
 */
export function partMetrics(logits: Float32Array, labels: Int32Array, weights: readonly number[]): PartMetrics {
  const classes = weights.length;
  const counts = new Float64Array(classes);
  const hits = new Float64Array(classes);
  let loss = 0;
  let total = 0;
  labels.forEach((label, row) => {
    const values = logits.subarray(row * classes, (row + 1) * classes);
    const weight = weights[label] ?? 0;
    loss += weight * crossEntropy(values, label);
    total += weight;
    counts[label] = (counts[label] ?? 0) + 1;
    if (largest(values) === label) hits[label] = (hits[label] ?? 0) + 1;
  });
  const sensitivities = [...hits].flatMap((hit, c) => ((counts[c] ?? 0) > 0 ? [hit / (counts[c] ?? 1)] : []));
  return {
    loss: loss / total,
    accuracy: hits.reduce((sum, hit) => sum + hit, 0) / labels.length,
    balancedAccuracy: sensitivities.reduce((sum, value) => sum + value, 0) / sensitivities.length,
  };
}

/** log Σ exp(logit) - logit of the true class, shifted by the largest logit so that nothing overflows. */
function crossEntropy(logits: Float32Array, label: number): number {
  const top = logits.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const sum = logits.reduce((total, value) => total + Math.exp(value - top), 0);
  return top + Math.log(sum) - (logits[label] ?? Number.NaN);
}

function largest(values: Float32Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if ((values[i] ?? 0) > (values[best] ?? 0)) best = i;
  return best;
}
