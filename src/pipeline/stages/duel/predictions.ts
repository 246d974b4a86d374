import { readKeptPredictions } from '../kept-predictions.ts';
import { reordered, type Sides } from './sides.ts';

/** What two runs said of the images they were evaluated on. @throws HilumError `run/no-predictions`, `duel/different-classes`, `table/…` */
export async function sidesOfRuns(a: string, b: string): Promise<Sides> {
  const [first, second] = await Promise.all([readKeptPredictions(a), readKeptPredictions(b)]);
  const { classes } = first;
  const inOrder = reordered(second.classes, classes);
  return {
    classes,
    a: first.predictions,
    b: second.predictions.map((each) => ({
      ...each,
      truth: classes.indexOf(second.classes[each.truth] ?? ''),
      probabilities: inOrder(each.probabilities),
    })),
    leftOut: [],
    knownImages: null,
  };
}
