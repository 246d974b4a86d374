import { userInfo } from 'node:os';
import { z } from 'zod';
import { canonicalJson, sha256 } from '../../pipeline/disk/hash.ts';
import type { WorkspacePaths } from '../../pipeline/domain/stage-inputs.ts';
import type { TestSet } from '../../pipeline/domain/test-set.ts';
import type { Records } from '../records/index.ts';
import { datasetTables } from './dataset-tables.ts';

/** One evaluation on a locked test set, as the audit trail holds it. */
export interface Look {
  readonly at: string;
  /** Hash of the test set. */
  readonly testSet: string;
  readonly images: number;
  /** Evaluation that opened it. */
  readonly run: string;
  /** Run whose model was measured; null when its record is gone. */
  readonly modelRun: string | null;
  /** Account that ran it; empty where it is not known. */
  readonly by: string;
  /** Looks at the same set before this one. */
  readonly before: number;
}

/** The test part of the split that is there; null without one. Told by the images' content, so that no renaming makes it new. */
export async function testSetOf(paths: WorkspacePaths): Promise<Omit<TestSet, 'opened_before'> | null> {
  const tables = datasetTables(paths);
  const [manifest, split] = await Promise.all([tables.manifest(), tables.split()]);
  const tested = new Set((split ?? []).flatMap(({ image, part }) => (part === 'test' ? [image] : [])));
  const images = (manifest ?? []).filter(({ image }) => tested.has(image));
  if (images.length === 0) return null;
  const list = images.map(({ pixel_hash, image }) => (pixel_hash === '' ? image : pixel_hash)).sort();
  return { hash: sha256(canonicalJson(list)), images: images.length };
}

/**
 * Notes that an evaluation opens the test set, before it sees any of it: a program that dies in between has looked.
 * @returns what the result must say; null when there is no test part
 */
export async function openTestSet(
  records: Records,
  paths: WorkspacePaths,
  { run, modelRun }: Pick<Look, 'run' | 'modelRun'>,
): Promise<TestSet | null> {
  const set = await testSetOf(paths);
  if (set === null) return null;
  const before = looksAt(records).filter(({ testSet }) => testSet === set.hash).length;
  records.audit.add('test-set/opened', set.hash, { run, model_run: modelRun, images: set.images, by: account() });
  return { ...set, opened_before: before };
}

/** The evaluation ended without a figure: that was no look. */
export function takeBackLook(records: Records, testSet: TestSet, run: string): void {
  records.audit.add('test-set/unseen', testSet.hash, { run });
}

const openedSchema = z.object({
  run: z.string(),
  model_run: z.string().nullable(),
  images: z.int(),
  by: z.string(),
});
const unseenSchema = z.object({ run: z.string() });

/** Every look, oldest first, those that showed nothing left out. */
export function looksAt({ audit }: Records): Look[] {
  const unseen = new Set(
    audit.ofAction('test-set/unseen').map((row) => unseenSchema.parse(JSON.parse(row.details)).run),
  );
  const seen = new Map<string, number>();
  return audit.ofAction('test-set/opened').flatMap(({ at, subject, details }): Look[] => {
    const { run, model_run, images, by } = openedSchema.parse(JSON.parse(details));
    if (unseen.has(run)) return [];
    const before = seen.get(subject) ?? 0;
    seen.set(subject, before + 1);
    return [{ at, testSet: subject, images, run, modelRun: model_run, by, before }];
  });
}

/** The look that gave a run its figures: as evaluation, or as what made the model. */
export function testSetOfRun(records: Records, run: string): TestSet | null {
  const look = looksAt(records).findLast((each) => each.run === run || each.modelRun === run);
  return look === undefined ? null : { hash: look.testSet, images: look.images, opened_before: look.before };
}

/** Account on this machine; empty where it is not known. */
export function account(): string {
  try {
    return userInfo().username;
  } catch {
    // An account without an entry in the system's table.
    return '';
  }
}
