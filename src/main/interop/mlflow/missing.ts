import type { TrackingState } from '../../records/tracking-links.ts';
import type { Pair } from './api.ts';
import type { Point } from './batches.ts';
import type { Picture } from './picture.ts';

/** What a server does not have of a run; empty and null: nothing. */
export interface Missing {
  readonly params: readonly Pair[];
  readonly epochs: Picture['epochs'];
  readonly figures: readonly Point[];
  /** Step at which the figures stand when all is sent. */
  readonly figuresStep: number;
  readonly tags: readonly Pair[];
  readonly dataset: Picture['dataset'];
  readonly status: boolean;
}

export function missingOf(picture: Picture, state: TrackingState): Missing {
  const { figures } = state;
  const areOther = picture.figuresHash !== null && picture.figuresHash !== figures?.hash;
  const figuresStep = figures === null ? 0 : figures.step + (areOther ? 1 : 0);
  return {
    params: state.params ? [] : picture.params,
    epochs: picture.epochs.filter(({ fold, epoch }) => epoch > (state.epochs[String(fold)] ?? 0)),
    figures: areOther ? picture.figures.map((point) => ({ ...point, step: figuresStep })) : [],
    figuresStep,
    tags: state.tags === picture.tagsHash ? [] : picture.tags,
    dataset: picture.dataset !== null && picture.dataset.digest !== state.dataset ? picture.dataset : null,
    status: state.status !== picture.status,
  };
}

export function isNothing({ params, epochs, figures, tags, dataset, status }: Missing): boolean {
  const counts = params.length + epochs.length + figures.length + tags.length;
  return counts === 0 && dataset === null && !status;
}

/** The state when all of it had been sent. */
export function afterSending(state: TrackingState, picture: Picture, { figuresStep }: Missing): TrackingState {
  const { figuresHash } = picture;
  return {
    ...state,
    params: true,
    epochs: newestEpochs(picture, state),
    figures: figuresHash === null ? state.figures : { hash: figuresHash, step: figuresStep },
    tags: picture.tagsHash,
    dataset: picture.dataset?.digest ?? state.dataset,
    status: picture.status,
  };
}

function newestEpochs({ epochs }: Picture, state: TrackingState): TrackingState['epochs'] {
  const newest = { ...state.epochs };
  for (const { fold, epoch } of epochs) newest[String(fold)] = Math.max(newest[String(fold)] ?? 0, epoch);
  return newest;
}
