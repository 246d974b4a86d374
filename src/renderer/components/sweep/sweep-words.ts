import type { Sweep, SweepCandidate } from '../../../main/ipc/contract.ts';

/** Keys that the candidates differ in, in the order of params.yaml. */
export function sweptKeys({ candidates }: Pick<Sweep, 'candidates'>): string[] {
  return [...new Set(candidates.flatMap(({ changes }) => Object.keys(changes)))];
}

/** `learning rate` of `training.learning_rate`. */
export function shortKey(key: string): string {
  return (key.split('.').at(-1) ?? key).replaceAll('_', ' ');
}

/** A searched value in a cell: `0.001`, `block3 + block5`. */
export function sweptValue(value: unknown): string {
  if (Array.isArray(value)) return value.map(sweptValue).join(' + ');
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

/** `learning rate 0.001, hidden 16` */
export function changesText(changes: SweepCandidate['changes']): string {
  return Object.entries(changes)
    .map(([key, value]) => `${shortKey(key)} ${sweptValue(value)}`)
    .join(', ');
}

/** `27 candidates to 11 % of their epochs, 9 to 33 %, 3 to the end` */
export function rungsText(rungs: Sweep['rungs']): string {
  return rungs
    .map(({ candidates, share }, k) => {
      const whom = k === 0 ? `${candidates} ${candidates === 1 ? 'candidate' : 'candidates'}` : String(candidates);
      if (share === 1) return `${whom} to the end`;
      return `${whom} to ${Math.round(share * 100)} %${k === 0 ? ' of their epochs' : ''}`;
    })
    .join(', ');
}

/** Filter of the table of runs that finds the runs of a sweep. */
export function sweepFilter({ name }: Pick<Sweep, 'name'>): string {
  return `sweep = "${name.replaceAll(/["\\]/g, '\\$&')}"`;
}

export const objectiveTitles: Readonly<Record<Sweep['objective'], string>> = {
  validation_balanced_accuracy: 'balanced accuracy on held-out groups',
  validation_loss: 'loss on held-out groups',
};

export const stateTitles: Readonly<Record<SweepCandidate['state'], string>> = {
  waiting: 'Waiting',
  'in the race': 'In the race',
  'stopped early': 'Stopped early',
  failed: 'Failed',
  'trained to the end': 'Trained to the end',
};
