import type { Epoch } from '../../../records/epochs.ts';
import type { EpochFigure } from '../../../studies/figures.ts';
import type { RemotePoint } from '../wire.ts';
import { curveNames } from './curve-names.ts';

/** More epochs than a curve can show are thinned out evenly, the last one kept. */
export const mostEpochs = 2000;

/**
 * Metrics with steps as epochs of one model. Steps that begin at 0 move up by one, as epochs here begin at 1; a metric that
 * was written at one step only is a figure of the run and no curve. The newest value of a step counts.
 */
export function epochsFrom(histories: ReadonlyMap<string, readonly RemotePoint[]>): Epoch[] {
  const curves = [...histories].filter(([, points]) => new Set(points.map(({ step }) => step)).size > 1);
  if (curves.length === 0) return [];
  const steps = [...new Set(curves.flatMap(([, points]) => points.map(({ step }) => step)))]
    .filter((step) => step >= 0)
    .sort((a, b) => a - b);
  const kept = thinned(steps);
  const shift = steps[0] === 0 ? 1 : 0;
  const names = curveNames(curves.map(([name]) => name));
  const values = curves.map(([name, points]) => ({ name, at: newestByStep(points) }));
  const times = timesOf(values.map(({ at }) => at));
  let before = times.get(kept[0] ?? 0) ?? 0;
  return kept.map((step) => {
    const time = times.get(step) ?? before;
    const elapsedMs = Math.max(0, time - before);
    before = time;
    return epochAt(
      step + shift,
      elapsedMs,
      values.map(({ name, at }) => [name, at.get(step)?.value]),
      names,
    );
  });
}

function epochAt(
  epoch: number,
  elapsedMs: number,
  values: readonly (readonly [string, number | undefined])[],
  names: ReadonlyMap<string, EpochFigure>,
): Epoch {
  const known: Partial<Record<EpochFigure, number | null>> = {};
  const others: Record<string, number | null> = {};
  for (const [name, value] of values) {
    if (value === undefined) continue;
    const finite = Number.isFinite(value) ? value : null;
    const figure = names.get(name);
    if (figure !== undefined) known[figure] = finite;
    else if (name !== 'epoch') others[name] = finite;
  }
  const metrics = {
    epoch,
    learning_rate: known.learning_rate ?? null,
    loss: known.loss ?? null,
    accuracy: known.accuracy ?? null,
    balanced_accuracy: known.balanced_accuracy ?? null,
    validation_loss: known.validation_loss ?? null,
    validation_accuracy: known.validation_accuracy ?? null,
    validation_balanced_accuracy: known.validation_balanced_accuracy ?? null,
    elapsed_ms: known.elapsed_ms ?? elapsedMs,
  };
  return { fold: 0, metrics, others };
}

function newestByStep(points: readonly RemotePoint[]): ReadonlyMap<number, RemotePoint> {
  const newest = new Map<number, RemotePoint>();
  for (const point of points) {
    const known = newest.get(point.step);
    if (known === undefined || point.timestamp >= known.timestamp) newest.set(point.step, point);
  }
  return newest;
}

/** Latest time at which something of a step was written. */
function timesOf(curves: readonly ReadonlyMap<number, RemotePoint>[]): ReadonlyMap<number, number> {
  const times = new Map<number, number>();
  for (const curve of curves) {
    for (const [step, { timestamp }] of curve) times.set(step, Math.max(timestamp, times.get(step) ?? 0));
  }
  return times;
}

function thinned(steps: readonly number[]): readonly number[] {
  if (steps.length <= mostEpochs) return steps;
  const every = (steps.length - 1) / (mostEpochs - 1);
  return Array.from({ length: mostEpochs }, (_, index) => steps[Math.round(index * every)] ?? 0);
}
