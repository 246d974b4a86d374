import type { Params } from '../domain/params.ts';

export type WatchedMetric = Params['training']['early_stopping']['metric'];

/** What early stopping remembers. */
export interface WatchState {
  /** Best value of the watched metric so far; null before the first epoch. */
  readonly bestValue: number | null;
  readonly bestEpoch: number;
  /** Epochs since the best one. */
  readonly stale: number;
}

export const nothingWatched: WatchState = { bestValue: null, bestEpoch: 0, stale: 0 };

const lowerIsBetter: Record<WatchedMetric, boolean> = { loss: true, balanced_accuracy: false };

/**
 * Takes an epoch into account. Only a strict improvement counts, so of equal epochs the first stays the best.
 * @param value the metric on the validation part; null without such a part: then the newest epoch is the best one
 */
export function watchEpoch(state: WatchState, metric: WatchedMetric, value: number | null, epoch: number): WatchState {
  const improved =
    value === null ||
    state.bestValue === null ||
    (lowerIsBetter[metric] ? value < state.bestValue : value > state.bestValue);
  return improved ? { bestValue: value, bestEpoch: epoch, stale: 0 } : { ...state, stale: state.stale + 1 };
}

/** @param patience epochs without improvement that are waited for; 0 never stops */
export function shouldStop(state: WatchState, patience: number): boolean {
  return patience > 0 && state.stale >= patience;
}
