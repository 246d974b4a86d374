/**
 * Ten epochs of a head on a frozen EfficientNet-Lite0, against Python Keras' `fit` on images (backbone in every step).
 * Ours is timed as a user meets it: a whole `hilum train` process on an empty feature cache, model sealed at the end.
 * Keras is timed without importing and tracing. Ours extracts features of every image once (all parts of the split), Keras
 * trains on every image.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { compare } from './lib/compare.ts';
import { benchOptions } from './lib/options.ts';
import { hilum, keras } from './lib/processes.ts';
import { preparedStudy } from './lib/study.ts';

const { folder, weights, rounds } = benchOptions();
const epochs = 10;
const unit = 'trainings/h';
const kerasSchema = z.object({ seconds: z.number() });

const ours = [
  { name: 'Hilum, empty feature cache', cached: false },
  { name: 'Hilum, features cached', cached: true },
].map(({ name, cached }) => {
  const study = preparedStudy(folder, `training:\n  epochs: ${epochs}\n  early_stopping:\n    patience: 0\n`);
  return {
    name,
    unit,
    run: (): number => {
      if (cached) hilum('train', '-w', study);
      else rmSync(join(study, '.hilum', 'cache', 'features'), { recursive: true, force: true });
      const started = performance.now();
      hilum('train', '-w', study);
      return 3_600_000 / (performance.now() - started);
    },
  };
});

compare(
  'train-head',
  rounds,
  {
    name: `Keras fit, ${epochs} epochs`,
    unit,
    run: () => 3600 / kerasSchema.parse(keras('train_head.py', weights, folder, String(epochs))).seconds,
  },
  ours,
);
