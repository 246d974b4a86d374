import { canonicalJson } from '../../../pipeline/disk/hash.ts';
import type { Metrics } from '../../../pipeline/domain/metrics.ts';
import type { SealedFile } from '../../../pipeline/domain/sealed-model.ts';
import type { Verification, VerifiedItem } from '../../../pipeline/domain/verification.ts';
import type { RecordedEpoch } from '../../../pipeline/protocol.ts';
import type { Epoch } from '../../records/epochs.ts';
import { flattened } from '../facts.ts';
import { numberText } from '../figures.ts';

type Item = Verification['items'][number];

/** Which file of a sealed model is which item. */
const files: readonly (readonly [VerifiedItem, SealedFile])[] = [
  ['weights', 'weights.bin'],
  ['network', 'model.json'],
  ['onnx', 'model.onnx'],
  ['contract', 'contract.json'],
  ['golden', 'golden.json'],
  ['calibration', 'calibration.json'],
  ['gate', 'gate.json'],
  ['trust', 'trust.json'],
  ['card', 'card.json'],
];

/** @param then @param now SHA-256 by the name of the file */
export function comparedFiles(then: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): Item[] {
  return files.flatMap(([item, file]): Item[] => {
    const [before, after] = [then.get(file), now.get(file)];
    if (before === undefined && after === undefined) return [];
    if (before === after) return [{ item, state: 'equal', what: null }];
    const what = `${before?.slice(0, 12) ?? 'none'} then, ${after?.slice(0, 12) ?? 'none'} now`;
    return [{ item, state: 'different', what }];
  });
}

/** All figures of all folds but the time that an epoch took. */
export function comparedEpochs(then: readonly Epoch[], now: readonly Epoch[]): Item {
  const rest = new Map(now.map((epoch) => [keyOf(epoch), epoch.metrics]));
  for (const epoch of then) {
    const again = rest.get(keyOf(epoch));
    rest.delete(keyOf(epoch));
    if (again === undefined)
      return { item: 'epochs', state: 'different', what: `${placeOf(epoch)} was not reached again` };
    const figure = figuresOf(epoch.metrics).find(([name, value]) => again[name] !== value);
    if (figure !== undefined) {
      const [name, value] = figure;
      const what = `${name} in ${placeOf(epoch)}: ${numberText(value)} then, ${numberText(again[name])} now`;
      return { item: 'epochs', state: 'different', what };
    }
  }
  if (rest.size > 0) return { item: 'epochs', state: 'different', what: `${rest.size} more epochs were trained` };
  return { item: 'epochs', state: 'equal', what: null };
}

type Figure = Exclude<keyof RecordedEpoch, 'epoch' | 'elapsed_ms'>;

function figuresOf(row: RecordedEpoch): [Figure, number | null][] {
  return [
    ['loss', row.loss],
    ['accuracy', row.accuracy],
    ['balanced_accuracy', row.balanced_accuracy],
    ['validation_loss', row.validation_loss],
    ['validation_accuracy', row.validation_accuracy],
    ['validation_balanced_accuracy', row.validation_balanced_accuracy],
    ['learning_rate', row.learning_rate],
  ];
}

const keyOf = ({ fold, metrics }: Epoch): string => `${fold} ${metrics.epoch}`;
const placeOf = ({ fold, metrics }: Epoch): string =>
  fold === 0 ? `epoch ${metrics.epoch}` : `epoch ${metrics.epoch} of fold ${fold}`;

/** Figures by their names; looks into a test set are no property of the model. */
export function comparedMetrics(then: Metrics, now: Metrics): Item {
  const after = new Map(leavesOf(now));
  const first = leavesOf(then).find(([key, value]) => canonicalJson(after.get(key)) !== canonicalJson(value));
  if (first === undefined) return { item: 'metrics', state: 'equal', what: null };
  const [key, value] = first;
  const what = `${key.replace(/^metrics\./, '')}: ${canonicalJson(value)} then, ${canonicalJson(after.get(key) ?? null)} now`;
  return { item: 'metrics', state: 'different', what };
}

function leavesOf({ test_set: _looks, ...metrics }: Metrics): [string, unknown][] {
  return flattened('metrics', metrics);
}

/** What the run was computed with and is another now. `dvc_lock` is no part of the machine. */
export function comparedEnvironment(
  then: Readonly<Record<string, unknown>>,
  now: Readonly<Record<string, unknown>>,
): Verification['environment'] {
  const shown = (value: unknown): string | null =>
    value === undefined || value === null ? null : typeof value === 'string' ? value : canonicalJson(value);
  return Object.keys(then).flatMap((key) => {
    const [before, after] = [shown(then[key]), shown(now[key])];
    return key === 'dvc_lock' || before === after ? [] : [{ key, recorded: before, now: after }];
  });
}
