import type { Run } from '../../../main/ipc/contract.ts';

type Epoch = Run['epochs'][number];
export type EpochFigure = Exclude<keyof Epoch['metrics'], 'epoch'>;

/** How the figures of the epochs are called. */
export const epochFigureTitles = {
  validation_loss: 'Validation loss',
  validation_balanced_accuracy: 'Validation balanced accuracy',
  validation_accuracy: 'Validation accuracy',
  loss: 'Training loss',
  balanced_accuracy: 'Training balanced accuracy',
  accuracy: 'Training accuracy',
  learning_rate: 'Learning rate',
  elapsed_ms: 'Time, ms',
} as const satisfies Record<EpochFigure, string>;

export interface Curve {
  readonly x: readonly number[];
  readonly y: readonly (number | null)[];
}

/** A figure over the epochs of one fold; 0 is the model itself. */
export function curveOf(epochs: readonly Epoch[], fold: number, figure: EpochFigure): Curve {
  const ofFold = epochs.filter((each) => each.fold === fold).map(({ metrics }) => metrics);
  return { x: ofFold.map(({ epoch }) => epoch), y: ofFold.map((metrics) => metrics[figure]) };
}

/** Folds that have epochs, the model itself first. */
export function foldsOf(epochs: readonly Epoch[]): number[] {
  return [...new Set(epochs.map(({ fold }) => fold))].sort((a, b) => a - b);
}

export function hasValues({ y }: Curve): boolean {
  return y.some((value) => value !== null);
}
