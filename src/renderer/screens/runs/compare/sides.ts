import type { Comparison, Run } from '../../../../main/ipc/contract.ts';
import { runLabels } from '../run-labels.ts';
import { baselineFirst, baselineIndex } from './comparing.ts';

/** One of the compared runs as every part of the screen shows it. */
export interface Side {
  readonly run: Run;
  /** Its name, told apart from the others'. */
  readonly label: string;
  /** Place in the answer of the core, which is also the place of its colour: it stays when the baseline changes. */
  readonly place: number;
  readonly isBaseline: boolean;
}

/** The runs in the order in which they are shown: the baseline, then the others as they were chosen. */
export function sidesOf({ runs }: Pick<Comparison, 'runs'>, base: string | null): Side[] {
  const labels = runLabels(runs);
  const baseline = baselineIndex(runs, base);
  return baselineFirst(runs.length, baseline).flatMap((place) => {
    const run = runs[place];
    return run === undefined ? [] : [{ run, label: labels[place] ?? run.name, place, isBaseline: place === baseline }];
  });
}
