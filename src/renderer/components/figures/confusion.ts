/** Counts by truth and answer: `matrix[truth][answered]`, both in the order of `labels`. */
export interface Confusion {
  readonly labels: readonly string[];
  readonly matrix: readonly (readonly number[])[];
}

export interface ConfusionCell {
  readonly truth: string;
  readonly answered: string;
  readonly count: number;
  /** Of this truth. */
  readonly total: number;
  /** Of the row, 0..1; null where there is nothing of this truth. */
  readonly share: number | null;
  readonly isRight: boolean;
}

/** The cells row by row. */
export function confusionCells({ labels, matrix }: Confusion): ConfusionCell[][] {
  return labels.map((truth, row) => {
    const counts = labels.map((_, column) => matrix[row]?.[column] ?? 0);
    const total = counts.reduce((sum, count) => sum + count, 0);
    return labels.map((answered, column): ConfusionCell => {
      const count = counts[column] ?? 0;
      return { truth, answered, count, total, share: total === 0 ? null : count / total, isRight: row === column };
    });
  });
}

/** Shares of the rows minus those of the baseline; null where the classes are others or a row is empty. */
export function shareDifferences(confusion: Confusion, base: Confusion): (number | null)[][] | null {
  if (confusion.labels.join('\n') !== base.labels.join('\n')) return null;
  const before = confusionCells(base);
  return confusionCells(confusion).map((row, at) =>
    row.map(({ share }, column) => {
      const old = before[at]?.[column]?.share ?? null;
      return share === null || old === null ? null : share - old;
    }),
  );
}
