import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  fineTune,
  loadLatestCheckpoint,
  saveCheckpoint,
  type TrainHeadOptions,
  trainHead,
} from '../../src/pipeline/training/index.ts';
import { timeless, toyFeatures, toyParams, weightBytes } from './toy-features.ts';
import { bytesOfWeights, toyFineTuning, toyGroups, toyStudy } from './toy-pictures.ts';

/**
 * A training in its own process: `train-child.ts PRESET FOLDER [EPOCH PLACE TURNS]`. Writes a line an epoch to epochs.jsonl, a
 * checkpoint after it, and at the end the weights to stdout. With EPOCH it kills itself with SIGKILL when this epoch is complete,
 * at a PLACE: `unrecorded` before the line, `recorded` between line and checkpoint, `saving` TURNS turns of the event loop after
 * the saving began, `batch` TURNS batches into the next epoch.
 */
const [preset = '', folder = '', killEpoch = '0', place = '', turns = '0'] = process.argv.slice(2);

function killAfter(turnsLeft: number): void {
  if (turnsLeft <= 0) process.kill(process.pid, 'SIGKILL');
  else setImmediate(killAfter, turnsLeft - 1);
}

const checkpoints = join(folder, 'checkpoints');

const onEpoch: TrainHeadOptions['onEpoch'] = async (metrics, checkpoint) => {
  const killHere = metrics.epoch === Number(killEpoch) ? place : '';
  if (killHere === 'unrecorded') killAfter(0);
  await appendFile(join(folder, 'epochs.jsonl'), `${JSON.stringify(timeless(metrics))}\n`);
  if (killHere === 'recorded') killAfter(0);
  if (killHere === 'saving') killAfter(Number(turns));
  await saveCheckpoint(checkpoints, checkpoint);
  if (killHere === 'batch') killAfter(Number(turns));
};
const epochs = 6;
const resumeFrom = await loadLatestCheckpoint(checkpoints);

/** Each answers with all its numbers as text. */
const trainings: Readonly<Record<string, () => Promise<string>>> = {
  head: async () => {
    const params = toyParams({ training: { epochs } });
    return weightBytes((await trainHead({ ...toyFeatures(), params, resumeFrom, onEpoch })).weights);
  },
  'top-blocks': async () => {
    const study = toyStudy(toyFineTuning({ fine_tuning: { epochs, unfreeze_every: 2, mixup: 0.3 } }));
    const groups = toyGroups.slice(0, 2);
    return bytesOfWeights((await fineTune({ ...study, groups, resumeFrom, onEpoch })).weights);
  },
  all: async () => {
    const study = toyStudy(toyFineTuning({ fine_tuning: { epochs, unfreeze_every: 2, mixup: 0.3 } }));
    return bytesOfWeights((await fineTune({ ...study, resumeFrom, onEpoch })).weights);
  },
};
console.log(await trainings[preset]?.());
