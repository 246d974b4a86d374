import type { RecordedEpoch } from '../../../../main/ipc/contract.ts';

/** An epoch of a fold; `fold` 0 is the model itself. */
export interface Epoch {
  readonly fold: number;
  readonly metrics: RecordedEpoch;
}

/** Both lists as one, in order. What came last of an epoch counts: a resumed run does some again. */
export function mergeEpochs(known: readonly Epoch[], news: readonly Epoch[]): readonly Epoch[] {
  if (news.length === 0) return known;
  const byPlace = new Map([...known, ...news].map((epoch) => [`${epoch.fold} ${epoch.metrics.epoch}`, epoch]));
  return [...byPlace.values()].sort((a, b) => a.fold - b.fold || a.metrics.epoch - b.metrics.epoch);
}

/** Pushes are thinned out when epochs are short: some in between may be missing and have to be asked for. */
export function hasGap(epochs: readonly Epoch[]): boolean {
  const counts = new Map<number, { seen: number; last: number }>();
  for (const { fold, metrics } of epochs) {
    const before = counts.get(fold) ?? { seen: 0, last: 0 };
    counts.set(fold, { seen: before.seen + 1, last: Math.max(before.last, metrics.epoch) });
  }
  return [...counts.values()].some(({ seen, last }) => seen < last);
}
