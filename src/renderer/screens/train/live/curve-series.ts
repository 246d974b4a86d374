import type { RecordedEpoch } from '../../../../main/ipc/contract.ts';
import type { CurveSeries } from '../../../components/figures/align-series.ts';
import type { Epoch } from './epochs.ts';

export interface RunCurves {
  readonly loss: readonly CurveSeries[];
  readonly balancedAccuracy: readonly CurveSeries[];
  readonly learningRate: readonly CurveSeries[];
  /** Folds that are there but not drawn. */
  readonly foldsLeftOut: number;
}

/** The newest folds; more lines than this say nothing. */
const mostFolds = 6;
/** Grey, last in the order of colours. */
const faint = 7;
const trainColor = 0;
const validationColor = 1;

/** Curves of one run: the model itself in colour, the folds of a cross-validation as faint lines. */
export function curvesOf(epochs: readonly Epoch[]): RunCurves {
  const folds = [...new Set(epochs.map(({ fold }) => fold))].filter((fold) => fold > 0).sort((a, b) => a - b);
  const drawn = folds.slice(-mostFolds);
  const figure = (train: keyof RecordedEpoch, validation: keyof RecordedEpoch): CurveSeries[] => [
    ...drawn.flatMap((fold) => foldSeries(epochs, fold, train, validation)),
    ...modelSeries(epochs, train, validation),
  ];
  return {
    loss: figure('loss', 'validation_loss'),
    balancedAccuracy: figure('balanced_accuracy', 'validation_balanced_accuracy'),
    learningRate: learningRate(epochs, folds.at(-1) ?? 0),
    foldsLeftOut: folds.length - drawn.length,
  };
}

function modelSeries(
  epochs: readonly Epoch[],
  train: keyof RecordedEpoch,
  validation: keyof RecordedEpoch,
): CurveSeries[] {
  const own = epochs.filter(({ fold }) => fold === 0);
  if (own.length === 0) return [];
  const rows = [
    { id: 'train', label: 'Training', key: train, color: trainColor, dashed: false },
    { id: 'validation', label: 'Validation', key: validation, color: validationColor, dashed: true },
  ];
  return rows.flatMap(({ key, ...look }) => {
    const line = { ...look, ...pointsOf(own, key) };
    return line.y.every((value) => value === null) ? [] : [line];
  });
}

/** What the fold learns to do better: its validation part, or the training part where it has none. */
function foldSeries(
  epochs: readonly Epoch[],
  fold: number,
  train: keyof RecordedEpoch,
  validation: keyof RecordedEpoch,
): CurveSeries[] {
  const own = epochs.filter((epoch) => epoch.fold === fold);
  const watched = own.some(({ metrics }) => metrics[validation] !== null);
  const points = pointsOf(own, watched ? validation : train);
  return [{ id: `fold ${fold}`, label: `Fold ${fold}`, color: faint, dashed: watched, ...points }];
}

/** All folds follow the same schedule: one line, of the model or of the newest fold. */
function learningRate(epochs: readonly Epoch[], newestFold: number): CurveSeries[] {
  const fold = epochs.some((epoch) => epoch.fold === 0) ? 0 : newestFold;
  const own = epochs.filter((epoch) => epoch.fold === fold);
  if (own.length === 0) return [];
  const points = pointsOf(own, 'learning_rate');
  return [{ id: 'rate', label: 'Learning rate', color: trainColor, dashed: false, ...points }];
}

function pointsOf(own: readonly Epoch[], key: keyof RecordedEpoch): Pick<CurveSeries, 'x' | 'y'> {
  return { x: own.map(({ metrics }) => metrics.epoch), y: own.map(({ metrics }) => metrics[key]) };
}
