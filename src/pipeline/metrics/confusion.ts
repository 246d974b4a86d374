/** The four counts of one class against the rest. */
export interface BinaryCounts {
  readonly truePositives: number;
  readonly falseNegatives: number;
  readonly falsePositives: number;
  readonly trueNegatives: number;
}

export function binaryCounts(confusion: Float64Array, classes: number, classIndex: number): BinaryCounts {
  let ofClass = 0;
  let calledClass = 0;
  let total = 0;
  for (let row = 0; row < classes; row++) {
    for (let column = 0; column < classes; column++) {
      const count = confusion[row * classes + column] ?? 0;
      total += count;
      if (row === classIndex) ofClass += count;
      if (column === classIndex) calledClass += count;
    }
  }
  const truePositives = confusion[classIndex * classes + classIndex] ?? 0;
  return {
    truePositives,
    falseNegatives: ofClass - truePositives,
    falsePositives: calledClass - truePositives,
    trueNegatives: total - ofClass - calledClass + truePositives,
  };
}

/** Sum of all cells. */
export function totalOf(confusion: Float64Array): number {
  let total = 0;
  for (const cell of confusion) total += cell;
  return total;
}

/** a / b, null for an empty denominator. */
export function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/** Mean of the defined values, null when none is. */
export function meanOfDefined(values: readonly (number | null)[]): number | null {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (value === null) continue;
    sum += value;
    count++;
  }
  return ratio(sum, count);
}
