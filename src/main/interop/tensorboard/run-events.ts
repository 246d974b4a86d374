import { Buffer } from 'node:buffer';
import type { Epoch } from '../../records/epochs.ts';
import { flattened } from '../../studies/facts.ts';
import type { RunRecord } from '../../studies/run-record.ts';
import { scalarEvent, tfRecord, versionEvent } from './event.ts';
import { type HparamValue, sessionEnd, sessionStart } from './hparams.ts';

/** One event file of a run. */
export interface EventFile {
  /** Folders below the run's and the file's name. */
  readonly path: string;
  readonly content: Buffer;
}

/**
 * Tags as Keras writes them, so that training and validation stand in one chart: `epoch_loss` in the folders `train` and
 * `validation`.
 */
const tags = {
  train: {
    epoch_loss: 'loss',
    epoch_accuracy: 'accuracy',
    epoch_balanced_accuracy: 'balanced_accuracy',
    epoch_learning_rate: 'learning_rate',
  },
  validation: {
    epoch_loss: 'validation_loss',
    epoch_accuracy: 'validation_accuracy',
    epoch_balanced_accuracy: 'validation_balanced_accuracy',
  },
} as const;

/** Event files of a run: curves of the model and of each fold, figures of its evaluation, and what the HPARAMS tab shows. */
export function runEvents(record: RunRecord): EventFile[] {
  const { run, epochs, metrics } = record;
  const start = Date.parse(run.startedAt) / 1000;
  const end = run.endedAt === null ? start : Date.parse(run.endedAt) / 1000;
  const name = `events.out.tfevents.${Math.floor(start)}.hilum.${run.id}`;
  const folds = [...new Set(epochs.map(({ fold }) => fold))];
  const curves = folds.flatMap((fold) =>
    parts.flatMap((part): EventFile[] => {
      const events = curveEvents(epochs, fold, part, start);
      const folder = fold === 0 ? part : `fold-${fold}/${part}`;
      return events.length === 0 ? [] : [fileOf(`${folder}/${name}`, start, events)];
    }),
  );
  const figures = metrics.flatMap(({ name: figure, value }) =>
    value === null ? [] : [scalarEvent(end, 0, `evaluation/${figure}`, value)],
  );
  const session = [
    sessionStart(start, run.id, hparamsOf(record)),
    ...figures,
    sessionEnd(end, run.outcome === 'completed'),
  ];
  return [fileOf(name, start, session), ...curves];
}

const parts = ['train', 'validation'] as const;

function curveEvents(epochs: readonly Epoch[], of: number, part: keyof typeof tags, start: number): Buffer[] {
  let elapsedMs = 0;
  return epochs.flatMap(({ fold, metrics, others = {} }) => {
    if (fold !== of) return [];
    elapsedMs += metrics.elapsed_ms ?? 0;
    const seconds = start + elapsedMs / 1000;
    const own = Object.entries(tags[part]).map(([tag, figure]): [string, number | null] => [tag, metrics[figure]]);
    const named = part === 'train' ? Object.entries(others) : [];
    return [...own, ...named].flatMap(([tag, value]) =>
      value === null ? [] : [scalarEvent(seconds, metrics.epoch, tag, value)],
    );
  });
}

/** Parameters by their keys; lists as text. */
function hparamsOf({ run: { params } }: RunRecord): Map<string, HparamValue> {
  const leaves = Object.entries(params).flatMap(([key, value]) => flattened(key, value));
  return new Map(
    leaves.map(([key, value]) => [
      key,
      typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string'
        ? value
        : JSON.stringify(value),
    ]),
  );
}

function fileOf(path: string, start: number, events: readonly Buffer[]): EventFile {
  return { path, content: Buffer.concat([versionEvent(start), ...events].map(tfRecord)) };
}
