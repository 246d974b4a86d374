/** Share of "yes" answers that are right (PPV), and of "no" answers (NPV); null where no such answer would be given. */
export interface PredictiveValues {
  readonly ppv: number | null;
  readonly npv: number | null;
}

/**
 * What an answer is worth where the class has another share than in the data (Bayes). All shares 0..1.
 * @param prevalence share of the class where the model will be used
 */
export function predictiveValues({
  sensitivity,
  specificity,
  prevalence,
}: {
  readonly sensitivity: number;
  readonly specificity: number;
  readonly prevalence: number;
}): PredictiveValues {
  const share = (part: number, rest: number) => (part + rest === 0 ? null : part / (part + rest));
  return {
    ppv: share(sensitivity * prevalence, (1 - specificity) * (1 - prevalence)),
    npv: share(specificity * (1 - prevalence), (1 - sensitivity) * prevalence),
  };
}

/**
 * A predictive value carried to another prevalence: its odds change by the ratio of the odds of the class, whatever
 * sensitivity and specificity are. The change rises with the value, so the ends of an interval are carried the same way.
 * For an NPV both prevalences are those of the rest, 1 - prevalence.
 * @param value PPV at the prevalence `from`, above 0 and below 1
 */
export function carriedTo(value: number | null, from: number, to: number): number | null {
  if (value === null || !(from > 0 && from < 1)) return null;
  const yes = value * to * (1 - from);
  const no = (1 - value) * (1 - to) * from;
  return yes + no === 0 ? null : yes / (yes + no);
}
