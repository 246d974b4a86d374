import { join } from 'node:path';

/**
 * What is kept of each run, below `.hilum/runs/<id>/`: the artifacts folder holds only the newest run's files, and every
 * run can be compared.
 */
export const keptNames = {
  /** Metrics as evaluate found them, with how often the test part was opened before. */
  metrics: 'metrics.json',
  /** predictions.csv as evaluate wrote it. */
  predictions: 'predictions.csv',
  /** `{ "seal": "<root hash>" }` of the model that the run sealed; the model itself lies in `.hilum/models/<seal>/`. */
  model: 'model.json',
  /** training.json as train wrote it: what the model was trained on. */
  training: 'training.json',
} as const;

/** @param run id of the records: letters, digits, `-` and `_` only */
export function keptFolder(state: string, run: string): string {
  return join(state, 'runs', run);
}
