import type { Network, WeightedNetwork, Weights } from '../../src/pipeline/domain/network.ts';
import { type Params, paramsSchema } from '../../src/pipeline/domain/params.ts';
import { randomFrom } from '../../src/pipeline/domain/random.ts';
import { drawChanges, type GreyPlanes, renderPicture, unchanged } from '../../src/pipeline/images/index.ts';
import type { FineTuneOptions, PictureSource } from '../../src/pipeline/training/index.ts';
import { withRandomWeights } from '../pipeline/network/random-network.ts';

const size = 12;
const classes = 3;
const range = { mean: 60, std: 100 };

/** Three layers that learn: two convolutions and the head. */
const network: Network = {
  input: { size, channels: 3 },
  nodes: [
    {
      ...{ op: 'conv', name: 'block1_conv', input: 'input', filters: 4, kernelSize: 3, stride: 2 },
      ...{ padding: 'same', bias: true, activation: 'relu6' },
    },
    {
      ...{ op: 'conv', name: 'block2_conv', input: 'block1_conv', filters: 6, kernelSize: 3, stride: 2 },
      ...{ padding: 'same', bias: true, activation: 'relu' },
    },
    { op: 'globalAveragePool', name: 'features', input: 'block2_conv' },
    { op: 'dropout', name: 'head_dropout', input: 'features', rate: 0.2 },
    { op: 'dense', name: 'head', input: 'head_dropout', units: classes, activation: 'softmax' },
  ],
  output: 'head',
};

export function toyNetwork(seed = 3): WeightedNetwork {
  return withRandomWeights(network, seed);
}

/** Names of the weights, from the head down. */
export const toyGroups = [
  ['head/kernel', 'head/bias'],
  ['block2_conv/kernel', 'block2_conv/bias'],
  ['block1_conv/kernel', 'block1_conv/bias'],
];

/** A bright bar that lies, stands or fills a square, on a noisy ground. */
function toyPicture(index: number): GreyPlanes {
  const random = randomFrom('toy picture', index);
  const kind = index % classes;
  const [x, y] = [2 + random.below(4), 2 + random.below(4)];
  const width = [6, 2, 4][kind] ?? 0;
  const height = [2, 6, 4][kind] ?? 0;
  const values = Uint16Array.from({ length: size * size }, (_, at) => {
    const [column, row] = [at % size, Math.floor(at / size)];
    const inside = column >= x && column < x + width && row >= y && row < y + height;
    return Math.round(256 * ((inside ? 180 : 40) + 20 * random.next()));
  });
  return { size, planes: 1, values, margin: 0 };
}

/** Changes what the settings of a test leave open. */
export interface ToyChanges {
  readonly seed?: number;
  readonly training?: Partial<Omit<Params['training'], 'early_stopping'>>;
  readonly fine_tuning?: Partial<Params['fine_tuning']>;
  readonly augmentation?: Partial<Params['augmentation']>;
  readonly patience?: number;
}

export function toyFineTuning({
  seed = 7,
  training,
  fine_tuning,
  augmentation,
  patience = 0,
}: ToyChanges = {}): Params {
  return paramsSchema.parse({
    seed,
    head: { dropout: 0.2 },
    training: { preset: 'all', l2: 0.01, ...training, early_stopping: { patience } },
    fine_tuning: { epochs: 4, batch_size: 7, learning_rate: 0.01, ...fine_tuning },
    augmentation: { ...augmentation },
  });
}

function sourceOf(pictures: readonly GreyPlanes[], { seed, augmentation }: Params): PictureSource {
  const batch = (images: Int32Array, epoch: number | undefined): Float32Array => {
    const out = new Float32Array(images.length * size * size * 3);
    images.forEach((image, at) => {
      const picture = pictures[image];
      if (picture === undefined) throw new RangeError('no such picture');
      const changes = epoch === undefined ? unchanged : drawChanges(augmentation, seed, `picture ${image}`, epoch);
      renderPicture(picture, changes, range, out, at * size * size * 3);
    });
    return out;
  };
  return {
    augmented: async (images, epoch) => batch(images, epoch),
    plain: async (images) => batch(images, undefined),
  };
}

type Given = Omit<FineTuneOptions, 'onEpoch' | 'resumeFrom' | 'signal' | 'onBatch'>;

/** 45 pictures, every fifth of them is watched. */
export function toyStudy(params: Params = toyFineTuning(), images = 45): Given {
  const pictures = Array.from({ length: images }, (_, index) => toyPicture(index));
  const all = Int32Array.from(pictures, (_, index) => index);
  return {
    network: toyNetwork(),
    groups: toyGroups,
    data: {
      labels: all.map((index) => index % classes),
      classes,
      trainRows: all.filter((index) => index % 5 !== 0),
      validationRows: all.filter((index) => index % 5 === 0),
    },
    dimensions: 6,
    pictures: sourceOf(pictures, params),
    params,
    l2: 0.001,
    facts: { backboneHash: 'b', contractHash: 'c', pixelHashes: pictures.map((_, index) => String(index)) },
  };
}

/** All numbers as hexadecimal text: equal text is equal bytes. */
export function bytesOfWeights(weights: Weights): string {
  return [...weights]
    .map(([name, { shape, data }]) => {
      const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
      return `${name} ${shape.join('x')}:${bytes.toString('hex')}`;
    })
    .join('\n');
}
