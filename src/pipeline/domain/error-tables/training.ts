import { type Entry, entry } from './entry.ts';

/** Training, sweeps and evaluation. */
export const trainingErrors = {
  'training/engine-missing': entry(
    'environment',
    () => 'TensorFlow is not prepared. Run `npm run setup`, then `hilum doctor`.',
  ),
  'training/engine-taken': entry(
    'bug',
    (f) =>
      `TensorFlow is set up for ${f.loaded} in this process, and ${f.wanted} needs it set up anew. Do it in a process of its own.`,
  ),
  'training/diverged': entry(
    'check',
    (f) => `Loss became ${f.loss} in epoch ${f.epoch}. Lower training.learning_rate.`,
  ),
  'training/too-large': entry('environment', (f) =>
    [
      `This run needs about ${f.neededMb} MB of memory, ${f.availableMb} MB are free.`,
      f.batch === undefined
        ? 'Train fewer blocks or the head alone, or lower image.size.'
        : `With fine_tuning.batch_size ${f.batch} it fits.`,
    ].join(' '),
  ),
  'training/no-checkpoint': entry('configuration', () => 'There is no unfinished run to resume.'),
  'training/changed': entry(
    'configuration',
    (f) => `${f.what} changed since the run was interrupted. Train anew without --resume.`,
  ),
  'sweep/too-many': entry(
    'configuration',
    (f) => `The values make ${f.candidates} combinations; the limit is ${f.limit}. Search fewer, or draw some of them.`,
  ),
  'sweep/no-validation': entry(
    'configuration',
    () =>
      'The split keeps no validation part, so candidates cannot be compared. Set split.validation above 0, or cross-validate.',
  ),
  'sweep/changed': entry(
    'configuration',
    (f) => `${f.what} changed since the sweep began: its candidates could not be compared. Start a new sweep.`,
  ),
  'sweep/no-winner': entry('check', () => 'No candidate of this sweep could be measured: there is nothing to apply.'),
  'evaluation/overlap': entry(
    'check',
    (f) => `${f.groups} group(s) were trained on and are in the held-out part. Refused.`,
  ),
  'evaluation/empty-part': entry('configuration', (f) => `The ${f.part} part holds no images.`),
} as const satisfies Record<string, Entry>;
