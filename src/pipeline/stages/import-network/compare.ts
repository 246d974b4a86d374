/** How answers of a network compare with the reference. */
export interface Comparison {
  /** Column of the reference for each class of the network. */
  readonly order: readonly number[];
  readonly deviation: number;
  readonly agreement: number;
}

/**
 * @param answers of the network, one row a picture
 * @param reference probabilities in the order of the table's columns
 * @param fixed column of each class where the order is stated
 */
export function compareAnswers(
  answers: readonly Float32Array[],
  reference: readonly (readonly number[])[],
  fixed?: readonly number[],
): Comparison {
  const order = fixed ?? nearestOrder(answers, reference);
  let deviation = 0;
  let agreeing = 0;
  for (const [index, row] of answers.entries()) {
    const expected = order.map((at) => reference[index]?.[at] ?? 0);
    for (const [position, value] of row.entries()) {
      const difference = Math.abs(value - (expected[position] ?? 0));
      deviation = Math.max(deviation, Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference);
    }
    if (indexOfLargest(row) === indexOfLargest(expected)) agreeing++;
  }
  return { order, deviation, agreement: agreeing / answers.length };
}

export function indexOfLargest(values: ArrayLike<number>): number {
  let best = 0;
  for (let index = 1; index < values.length; index++) if ((values[index] ?? 0) > (values[best] ?? 0)) best = index;
  return best;
}

/** Classes and columns that differ least are put together first. */
function nearestOrder(answers: readonly Float32Array[], reference: readonly (readonly number[])[]): number[] {
  const count = reference[0]?.length ?? 0;
  const pairs = Array.from({ length: count * count }, (_, index) => {
    const [position, at] = [Math.floor(index / count), index % count];
    const sum = answers.reduce(
      (total, row, i) => total + Math.abs((row[position] ?? 0) - (reference[i]?.[at] ?? 0)),
      0,
    );
    return { position, at, sum };
  });
  const order = new Map<number, number>();
  const taken = new Set<number>();
  for (const { position, at } of pairs.sort((a, b) => a.sum - b.sum)) {
    if (order.has(position) || taken.has(at)) continue;
    order.set(position, at);
    taken.add(at);
  }
  return Array.from({ length: count }, (_, position) => order.get(position) ?? position);
}
