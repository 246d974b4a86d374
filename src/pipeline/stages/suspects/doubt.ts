/** One image: the index of its label, and the held-out probabilities of each repeat. */
export interface Judged {
  readonly truth: number;
  readonly answers: readonly (readonly number[])[];
}

/** How much an image's label is doubted. */
export interface Doubt {
  /** Loss standardised in its class, mean over the repeats. */
  readonly score: number;
  /** Mean probabilities over the repeats. */
  readonly probabilities: readonly number[];
  /** Index of the class that the answers speak for, never the label's own. */
  readonly suggested: number;
  /** Confident learning counts the label as wrong. */
  readonly likely: boolean;
}

/** Standard deviations above the mean loss of its class from which a label can count as wrong: where the judges are weak, confident learning alone would count half of all. */
const leastScore = 1;

/** A probability of 0 costs this much and no more. */
const leastProbability = 1e-7;

/**
 * Doubts each label by answers of models that have not seen its patient.
 * Score: cross-entropy of the label, standardised among the images of that class (a hard class is not suspect as a whole),
 * averaged over repeated cross-validation. `likely`: confident learning (Northcutt, Jiang, Chuang 2021): some other class
 * reaches the mean probability that its own images get, and is the greatest that does, the label's own class included;
 * and the label is doubted more than most of its class.
 */
export function doubts(rows: readonly Judged[], classes: number): Doubt[] {
  const means = rows.map((row) => meanAnswer(row, classes));
  const thresholds = Array.from({ length: classes }, (_, k) =>
    mean(rows.flatMap(({ truth }, i) => (truth === k ? [means[i]?.[k] ?? 0] : []))),
  );
  const scores = standardisedLosses(rows, classes);
  return rows.map(({ truth }, i) => {
    const probabilities = means[i] ?? [];
    const reached = probabilities.map((each, k) => (each >= (thresholds[k] ?? 1) ? each : -1));
    const confident = greatest(reached);
    return {
      score: scores[i] ?? 0,
      probabilities,
      suggested: greatest(probabilities.map((each, k) => (k === truth ? -1 : each))),
      likely: (scores[i] ?? 0) >= leastScore && (reached[confident] ?? -1) >= 0 && confident !== truth,
    };
  });
}

function standardisedLosses(rows: readonly Judged[], classes: number): Float64Array {
  const repeats = rows[0]?.answers.length ?? 0;
  const scores = new Float64Array(rows.length);
  for (let repeat = 0; repeat < repeats; repeat++) {
    const losses = rows.map(
      ({ truth, answers }) => -Math.log(Math.max(leastProbability, answers[repeat]?.[truth] ?? 0)),
    );
    for (let k = 0; k < classes; k++) {
      const own = rows.flatMap(({ truth }, i) => (truth === k ? [i] : []));
      const values = own.map((i) => losses[i] ?? 0);
      const center = mean(values);
      const spread = Math.sqrt(mean(values.map((value) => (value - center) ** 2)));
      for (const i of own)
        scores[i] = (scores[i] ?? 0) + (spread > 0 ? ((losses[i] ?? 0) - center) / spread : 0) / repeats;
    }
  }
  return scores;
}

function meanAnswer({ answers }: Judged, classes: number): number[] {
  return Array.from({ length: classes }, (_, k) => mean(answers.map((answer) => answer[k] ?? 0)));
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function greatest(values: readonly number[]): number {
  return values.indexOf(Math.max(...values));
}
