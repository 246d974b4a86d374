import type { TrackingState } from '../../records/tracking-links.ts';
import type { TrackingApi } from './api.ts';
import { type Point, pointValue } from './batches.ts';
import { type Missing, missingOf } from './missing.ts';
import type { Picture } from './picture.ts';
import type { RemoteRun } from './wire.ts';

/**
 * What is missing on a server of which nobody knows what arrived: the link was lost, or a request was cut off. It is asked
 * for every point, so that none is sent twice. What is only set (params, tags, dataset, status) is sent again.
 */
export async function askedMissing(
  api: TrackingApi,
  remote: RemoteRun,
  picture: Picture,
  state: TrackingState,
): Promise<Missing> {
  const blank: TrackingState = { ...state, params: false, epochs: {}, figures: null, tags: null, dataset: null };
  const all = missingOf(picture, blank);
  const epochs = await unknownEpochs(api, remote, picture);
  const { figures, figuresStep } = unknownFigures(remote, picture);
  return { ...all, epochs, figures, figuresStep, status: remote.info.status !== picture.status };
}

async function unknownEpochs(api: TrackingApi, remote: RemoteRun, picture: Picture): Promise<Picture['epochs']> {
  const keys = new Set(picture.epochs.flatMap(({ points }) => points.map(({ key }) => key)));
  const known = new Set<string>();
  const there = new Set(remote.data.metrics.map(({ key }) => key));
  for (const key of keys) {
    if (!there.has(key)) continue;
    for (const { step } of await api.history(remote.info.run_id, key)) known.add(`${step} ${key}`);
  }
  return picture.epochs.flatMap((epoch) => {
    const points = epoch.points.filter(({ key, step }) => !known.has(`${step} ${key}`));
    return points.length === 0 ? [] : [{ ...epoch, points }];
  });
}

/** The newest value of each figure is what `runs/get` tells. Those that differ go one step on. */
function unknownFigures(remote: RemoteRun, { figures }: Picture): { figures: Point[]; figuresStep: number } {
  const there = new Map(remote.data.metrics.map((point) => [point.key, point]));
  const known = figures.flatMap(({ key }) => there.get(key) ?? []);
  const others = figures.filter(({ key, value }) => {
    const point = there.get(key);
    return point === undefined || pointValue(point.value) !== value;
  });
  const highest = Math.max(0, ...known.map(({ step }) => step));
  const areMeasuredAgain = others.some(({ key }) => there.has(key));
  const figuresStep = areMeasuredAgain ? highest + 1 : highest;
  return { figures: others.map((point) => ({ ...point, step: figuresStep })), figuresStep };
}
