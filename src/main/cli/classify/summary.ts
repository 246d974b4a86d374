import { notice } from '../../../pipeline/domain/outcome.ts';
import type { BatchSession } from '../../batches/run-batch.ts';
import type { BatchSummary } from '../../batches/summary.ts';
import { counted, textTable } from '../../studies/text-table.ts';
import { durationText } from '../progress-view.ts';

/** For people. */
export function summaryText(
  { counts, scans, refusedCodes, reviewCodes, classes }: BatchSummary,
  session: BatchSession,
): string {
  const { files, images, answered, review, refused } = counts;
  const share = (count: number): string => `${((100 * count) / Math.max(1, images)).toFixed(1)} %`;
  const states = Object.entries({ answered, review, refused }).map(([name, count]) => [name, count, share(count)]);
  const rate = session.imagesPerSecond > 0 ? `, ${session.imagesPerSecond.toFixed(1)} images a second` : '';
  return [
    `${counted(files, 'file')}, ${counted(images, 'image')}, ${counted(scans, 'scan')}; ${durationText(session.elapsedMs)}${rate}`,
    '',
    textTable(['state', 'images', 'share'], states),
    '',
    textTable(['class', 'images'], Object.entries(classes)),
    ...(review === 0 ? [] : ['', textTable(['for review because', 'images'], Object.entries(reviewCodes))]),
    ...(refused === 0 ? [] : ['', textTable(['refused because', 'images'], Object.entries(refusedCodes))]),
    '',
    notice,
  ].join('\n');
}
