/**
 * Folder → CSV, against Python Keras (`image_dataset_from_directory` + `predict`) with the same EfficientNet-Lite0 weights and
 * the same files. Both rates are warm: from the first image to the written CSV, without starting the process.
 */
import { join } from 'node:path';
import { z } from 'zod';
import { compare } from './lib/compare.ts';
import { benchOptions } from './lib/options.ts';
import { hilum, keras } from './lib/processes.ts';
import { preparedStudy } from './lib/study.ts';

const { folder, weights, rounds } = benchOptions();
const kerasSchema = z.object({ images: z.int(), seconds: z.number() });
const oursSchema = z.object({ images_per_second: z.number() });

const variants = [
  { name: 'Hilum, whole network (features: [top])', features: '[top]' },
  { name: 'Hilum, default (cut after block 5)', features: '[block3, block5]' },
];

const ours = variants.map(({ name, features }) => {
  const study = preparedStudy(folder, `backbone:\n  features: ${features}\ntraining:\n  epochs: 2\n`);
  hilum('train', '-w', study);
  return {
    name,
    unit: 'images/s',
    run: (round: number): number => {
      const out = join(study, `round-${round}.csv`);
      const words = ['classify', folder, '--model', join(study, 'artifacts', 'model'), '--out', out, '--json'];
      return oursSchema.parse(JSON.parse(hilum(...words, '--records', join(study, '.hilum')))).images_per_second;
    },
  };
});

compare(
  'classify',
  rounds,
  {
    name: 'Keras, whole network',
    unit: 'images/s',
    run: () => {
      const { images, seconds } = kerasSchema.parse(keras('classify.py', weights, folder, join('/tmp', 'keras.csv')));
      return images / seconds;
    },
  },
  ours,
);
