import type { Blend } from './loop-types.ts';

export interface Targets {
  /** [rows, classes]: weight of the row / rows, spread over its classes. */
  readonly targets: Float32Array;
  /** [rows]: weight of the row / rows. */
  readonly rowWeights: Float32Array;
}

/**
 * What a batch should answer. Smoothing takes a share of each target and spreads it evenly over all classes (Szegedy et al.
 * 2016, section 7); a blended row weighs and answers as its two images do, by their shares.
 * @param labels class index of each row of the batch
 * @param weights one a class
 */
export function batchTargets(
  labels: Int32Array,
  weights: readonly number[],
  smoothing: number,
  blend: Blend | undefined,
): Targets {
  const rows = labels.length;
  const classes = weights.length;
  const targets = new Float32Array(rows * classes);
  const rowWeights = new Float32Array(rows);
  const add = (row: number, label: number, share: number): void => {
    const weight = (share * (weights[label] ?? 0)) / rows;
    rowWeights[row] = (rowWeights[row] ?? 0) + weight;
    const spread = (weight * smoothing) / classes;
    for (let c = 0; c < classes; c++) {
      const own = c === label ? weight * (1 - smoothing) : 0;
      targets[row * classes + c] = (targets[row * classes + c] ?? 0) + own + spread;
    }
  };
  for (let row = 0; row < rows; row++) {
    const share = blend?.shares[row] ?? 1;
    add(row, labels[row] ?? 0, share);
    if (blend !== undefined) add(row, labels[blend.partners[row] ?? 0] ?? 0, 1 - share);
  }
  return { targets, rowWeights };
}
