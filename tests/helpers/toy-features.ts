import { type Params, paramsSchema } from '../../src/pipeline/domain/params.ts';
import { randomFrom } from '../../src/pipeline/domain/random.ts';
import type { EpochMetrics, HeadData, HeadWeights } from '../../src/pipeline/training/index.ts';

const classes = 3;

/** Three separable classes, 60 rows of 8 features with the offsets and spreads of raw network features; every fifth row is watched. */
export function toyFeatures(rows = 60, dimensions = 8): HeadData {
  const random = randomFrom('toy');
  const labels = Int32Array.from({ length: rows }, (_, row) => row % classes);
  const features = new Float32Array(rows * dimensions);
  for (let i = 0; i < features.length; i++) {
    const column = i % dimensions;
    const label = Math.floor(i / dimensions) % classes;
    features[i] = 5 + column + (0.1 + column) * (random.normal() + (column % classes === label ? 3 : 0));
  }
  const all = Int32Array.from({ length: rows }, (_, row) => row);
  return {
    features,
    dimensions,
    labels,
    classes,
    trainRows: all.filter((row) => row % 5 !== 0),
    validationRows: all.filter((row) => row % 5 === 0),
  };
}

interface Changes {
  readonly seed?: number;
  readonly head?: Partial<Params['head']>;
  readonly training?: Partial<Omit<Params['training'], 'early_stopping'>>;
  readonly patience?: number;
  readonly metric?: Params['training']['early_stopping']['metric'];
}

/** Small and quick: 12 epochs of 4 steps with a high learning rate; early stopping watches but never stops. */
export function toyParams({ seed = 7, head, training, patience = 0, metric = 'loss' }: Changes = {}): Params {
  return paramsSchema.parse({
    seed,
    head: { dropout: 0.2, hidden: 5, ...head },
    training: {
      epochs: 12,
      batch_size: 13,
      learning_rate: 0.05,
      l2: 0.01,
      ...training,
      early_stopping: { patience, metric },
    },
  });
}

/** All numbers of a head as hexadecimal text: equal text is equal bytes. */
export function weightBytes({ hidden, dense }: HeadWeights): string {
  const arrays = [hidden?.kernel, hidden?.bias, dense.kernel, dense.bias].flatMap((array) => (array ? [array] : []));
  return arrays
    .map(
      ({ shape, data }) =>
        `${shape.join('x')}:${Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('hex')}`,
    )
    .join(' ');
}

/** Metrics without the clock, for comparison. */
export function timeless({ elapsedMs: _elapsedMs, ...figures }: EpochMetrics): Omit<EpochMetrics, 'elapsedMs'> {
  return figures;
}
