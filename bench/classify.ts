/**
 * Folder → CSV, against Python Keras (`image_dataset_from_directory` + `predict`) with the same EfficientNet-Lite0 weights and
 * the same files. Both rates are warm: Keras is timed from opening the folder to the written CSV, after a first predict; ours is
 * a whole `hilum classify` less one of a single image, so that process start, hash check and self-test are left out.
 */
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { compare } from './lib/compare.ts';
import { benchOptions } from './lib/options.ts';
import { hilum, keras } from './lib/processes.ts';
import { preparedStudy } from './lib/study.ts';

const { folder, weights, rounds } = benchOptions();
const kerasSchema = z.object({ images: z.int(), seconds: z.number() });
const oursSchema = z.object({ elapsed_ms: z.number(), counts: z.object({ images: z.int(), refused: z.int() }) });
const classFolder = readdirSync(folder, { withFileTypes: true }).find((entry) => entry.isDirectory())?.name ?? '';
const oneImage = join(folder, classFolder, readdirSync(join(folder, classFolder))[0] ?? '');

const variants = [
  { name: 'Hilum, default (network cut after block 5)', features: '[block3, block4, block5]' },
  { name: 'Hilum, whole network', features: '[block3, block5, top]' },
];

const ours = variants.map(({ name, features }) => {
  const study = preparedStudy(folder, `backbone:\n  features: ${features}\ntraining:\n  epochs: 2\n`);
  hilum('train', '-w', study);
  return {
    name,
    unit: 'images/s',
    run: (round: number): number => {
      const classify = (source: string) => {
        const words = [
          '--model',
          join(study, 'artifacts', 'model'),
          '--out',
          join(study, `round-${round}.csv`),
          '--json',
        ];
        return oursSchema.parse(JSON.parse(hilum('classify', source, ...words, '--records', join(study, '.hilum'))));
      };
      const one = classify(oneImage);
      const all = classify(folder);
      return (1000 * (all.counts.images - all.counts.refused - 1)) / (all.elapsed_ms - one.elapsed_ms);
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
      const { images, seconds } = kerasSchema.parse(keras('classify.py', weights, folder, join(tmpdir(), 'keras.csv')));
      return images / seconds;
    },
  },
  ours,
);
