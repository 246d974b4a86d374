import { z } from 'zod';

/** The test part of a holdout as one evaluation found it. */
export const testSetSchema = z.object({
  /** SHA-256 of the list of its images, by content: the same images are the same set under any name. */
  hash: z.string(),
  images: z.int(),
  /** Evaluations on this set before this one. */
  opened_before: z.int().min(0),
});
export type TestSet = z.infer<typeof testSetSchema>;

/** As metrics hold it. The file in artifacts/ leaves the looks out: it is the same for the same inputs. */
export const measuredTestSetSchema = testSetSchema.extend({ opened_before: z.int().min(0).optional() });
export type MeasuredTestSet = z.infer<typeof measuredTestSetSchema>;

/** How worn a test set is: each look that is followed by a choice makes its figures more flattering. */
export function testSetText({ hash, images, opened_before }: MeasuredTestSet): string {
  if (opened_before === undefined) return `Locked test set ${hash.slice(0, 8)} (${images} images).`;
  const times = opened_before === 1 ? 'once' : `${opened_before} times`;
  const said = opened_before === 0 ? 'never opened before this result' : `opened ${times} before this result`;
  return `Locked test set ${hash.slice(0, 8)} (${images} images): ${said}.`;
}
