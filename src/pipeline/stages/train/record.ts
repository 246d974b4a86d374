import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { writeFileAtomic } from '../../disk/atomic.ts';

/** training.json: what the model in `artifacts/model` was trained on, so that evaluate can refuse an overlap. */
export const trainingRecordSchema = z.object({
  /** In files of earlier versions only: which run it was is told by the seal. */
  run: z.string().optional(),
  leaky: z.boolean(),
  protocol: z.enum(['holdout', 'cross-validated']),
  folds: z.int(),
  best_epoch: z.int(),
  epochs: z.int(),
  trained: z.array(z.object({ group: z.string(), pixel_hash: z.string() })),
});
export type TrainingRecord = z.infer<typeof trainingRecordSchema>;

export async function writeTrainingRecord(path: string, record: TrainingRecord): Promise<void> {
  await writeFileAtomic(path, `${JSON.stringify(record)}\n`);
}

export async function readTrainingRecord(path: string): Promise<TrainingRecord> {
  return trainingRecordSchema.parse(JSON.parse(await readFile(path, 'utf8')));
}
